package dev.slipway;

import dev.slipway.caller.CallerCode;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.executor.event.Step;
import dev.slipway.progress.Progress;
import dev.slipway.report.LogTails;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All who hear of one build, one event at a time: the caller's progress, who keeps records, and who keeps the last lines of each
 * log. If the caller's progress fails, it hears nothing any more; the build goes on, and its result says so.
 */
final class Listener implements Progress {

    private final Progress progress;
    private final RunRecorder recorder;
    private final LogTails tails = new LogTails();
    private @Nullable Throwable failure;

    /** @param progress hears each step once */
    Listener(Progress progress, RunRecorder recorder) {
        this.progress = progress.eachStepOnce();
        this.recorder = recorder;
    }

    @Override
    public synchronized void accept(BuildEvent event) {
        tails.accept(event);
        recorder.accept(event);
        if (failure == null) {
            failure = CallerCode.failure(() -> progress.accept(event)).orElse(null);
        }
    }

    /** What the build is called, which no other is. */
    String id() {
        return recorder.name().orElseGet(() -> UUID.randomUUID().toString());
    }

    /** What the caller's progress threw. */
    synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** A failure with what its step said, and with what the caller's progress threw. */
    synchronized BuildException withLog(BuildException failed) {
        BuildException whole = failed;
        if (failed.step().isPresent()) {
            Step step = failed.step().get();
            Optional<Path> log = recorder.log(step.digest());
            whole = failed.with(failed.failure().saying(tails.of(step.digest()), log));
        }
        if (failure != null) {
            whole.addSuppressed(failure);
        }
        return whole;
    }
}
