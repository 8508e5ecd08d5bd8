package dev.slipway.executor;

import dev.slipway.executor.cache.ExecutorCache;
import dev.slipway.executor.event.RunRecorder;
import java.util.List;
import java.util.Optional;

/**
 * A backend that runs builds. One instance serves many builds at once, from any thread.
 *
 * <p>There are two kinds: a {@link VertexExecutor} is driven vertex by vertex, and a {@link GraphExecutor}, which has a solver of
 * its own, gets whole graphs.
 */
public sealed interface BuildExecutor extends AutoCloseable permits VertexExecutor, GraphExecutor {

    /** A short name for messages, without blanks, such as {@code local}. */
    String name();

    /** What this backend can run and how, native platforms first. The list reflects the machine as it is now. */
    List<PlatformSupport> platforms();

    /**
     * What confines the processes that this backend runs, such as {@code built-in}; empty where it can run none, or does not
     * tell. Finding out may take a trial.
     */
    default Optional<String> sandbox() throws InterruptedException {
        return Optional.empty();
    }

    /** Why this backend can run no processes at all, and what to do about it; empty if it can, or does not tell. */
    default Optional<String> processProblem() throws InterruptedException {
        return Optional.empty();
    }

    /** What this backend keeps for later builds, if it keeps anything. */
    default Optional<ExecutorCache> cache() {
        return Optional.empty();
    }

    /** Begins a record of what a build reports beside those of earlier ones; of a backend that keeps none, one that forgets. */
    default RunRecorder record() {
        return RunRecorder.NONE;
    }

    /**
     * Releases what the backend holds. No work begins any more; work that has begun is to be ended before, for what it does from
     * now on may fail. Closing twice is closing once.
     */
    @Override
    void close();
}
