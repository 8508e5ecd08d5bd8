package dev.slipway;

import dev.slipway.executor.ClientException;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.progress.Progress;
import java.util.List;
import java.util.function.Consumer;

/**
 * The caller's progress. If it fails, that stops the build and nothing else: threads that report something go on as if it had been
 * heard.
 */
final class Listener implements Progress {

    private final Progress progress;
    private final Consumer<BuildException> stop;
    private boolean failed;

    /**
     * @param progress hears each step once
     * @param stop stops the build with an exception
     */
    Listener(Progress progress, Consumer<BuildException> stop) {
        this.progress = progress.eachStepOnce();
        this.stop = stop;
    }

    @Override
    public synchronized void accept(BuildEvent event) {
        if (failed) {
            return;
        }
        try {
            CallerCode.call("the progress listener failed", () -> {
                progress.accept(event);
                return null;
            });
        } catch (ClientException e) {
            failed = true;
            stop.accept(new BuildException(e.getMessage(), List.of(), e.getCause()));
        }
    }
}
