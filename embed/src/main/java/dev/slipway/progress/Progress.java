package dev.slipway.progress;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.BuildEvent;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Receives the events of a build. Called by one thread at a time, in the order of events. It should return quickly, because the build
 * waits for it.
 */
@FunctionalInterface
public interface Progress extends Consumer<BuildEvent> {

    /** Receives one event. */
    @Override
    void accept(BuildEvent event);

    /** This progress without the events of a step that follow its first end. */
    default Progress eachStepOnce() {
        return new EachStepOnce(this);
    }

    /** A progress that ignores everything. */
    static Progress none() {
        return event -> {};
    }

    /** Lines in the form of {@code docker buildx build --progress plain}. */
    static Progress plain(PrintStream out) {
        return new PlainProgress(requireNonNull(out, "out is null"));
    }
}
