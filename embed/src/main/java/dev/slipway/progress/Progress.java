package dev.slipway.progress;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.BuildEvent;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Hears what a build reports. It is called by one thread at a time, in the order of events, and should return soon: the
 * build waits for it.
 */
@FunctionalInterface
public interface Progress extends Consumer<BuildEvent> {

    /** Hears one event. */
    @Override
    void accept(BuildEvent event);

    /** This, without what is reported of a step after it has ended once. */
    default Progress eachStepOnce() {
        return new EachStepOnce(this);
    }

    /** Progress that nobody hears. */
    static Progress none() {
        return event -> {};
    }

    /** Lines in the form of {@code docker buildx build --progress plain}. */
    static Progress plain(PrintStream out) {
        return new PlainProgress(requireNonNull(out, "out is null"));
    }
}
