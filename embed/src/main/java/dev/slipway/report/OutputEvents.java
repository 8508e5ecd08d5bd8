package dev.slipway.report;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Outcome;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.Step;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Bytes;
import dev.slipway.progress.Progress;
import java.time.Clock;
import java.util.Optional;

/** Reports how the outputs are written, which no vertex does, as a step of its own. */
public final class OutputEvents implements StepMonitor {

    private final Step step;
    private final Progress progress;
    private final Clock clock;

    public OutputEvents(Progress progress, Clock clock) {
        this("writing outputs", progress, clock);
    }

    /** @param what is done, as people see it */
    public OutputEvents(String what, Progress progress, Clock clock) {
        this.step = Step.internal("[internal] " + what, "client");
        this.progress = progress;
        this.clock = clock;
    }

    /** Something that is done while this hears of it. */
    public interface Task<T> {
        T run() throws InterruptedException;
    }

    /** Does the writing, and reports its beginning and its end. */
    public <T> T write(Task<T> task) throws InterruptedException {
        progress.accept(new BuildEvent.Started(clock.instant(), step));
        try {
            T result = task.run();
            finished(Outcome.DONE, Optional.empty());
            return result;
        } catch (InterruptedException e) {
            finished(Outcome.CANCELLED, Optional.empty());
            throw e;
        } catch (RuntimeException e) {
            finished(Outcome.FAILED, Optional.of(UrlCredentials.redact(Reason.of(e))));
            throw e;
        }
    }

    private void finished(Outcome outcome, Optional<String> reason) {
        progress.accept(new BuildEvent.Finished(clock.instant(), step, outcome, reason));
    }

    @Override
    public void log(LogStream stream, byte[] bytes) {
        progress.accept(new BuildEvent.Log(clock.instant(), step, stream, Bytes.of(bytes)));
    }

    @Override
    public void warn(String message) {
        progress.accept(new BuildEvent.Warned(clock.instant(), step, UrlCredentials.redact(message)));
    }

    @Override
    public void progress(Activity activity, String part, long current, long total) {
        String shown = UrlCredentials.redact(part);
        progress.accept(new BuildEvent.Advanced(clock.instant(), step, activity, shown, current, total));
    }
}
