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

    /** A short name without spaces for messages, such as {@code local}. */
    String name();

    /** The platforms that this backend can run, and how; native ones first. The list reflects the current state of the machine. */
    List<PlatformSupport> platforms();

    /**
     * What confines the processes that this backend runs, such as {@code built-in}. Empty if it cannot run any, or does not
     * know. Finding out may require running a test process.
     */
    default Optional<String> sandbox() throws InterruptedException {
        return Optional.empty();
    }

    /** Why this backend cannot run processes at all, and what to do about it. Empty if it can, or does not know. */
    default Optional<String> processProblem() throws InterruptedException {
        return Optional.empty();
    }

    /** What this backend keeps for later builds, if anything. */
    default Optional<ExecutorCache> cache() {
        return Optional.empty();
    }

    /** Starts recording the events of one build. A backend that keeps no records returns one that discards them. */
    default RunRecorder record() {
        return RunRecorder.NONE;
    }

    /**
     * Releases what the backend holds. No new work can begin. End work that has begun first: it may fail from now on. A second
     * call has no effect.
     */
    @Override
    void close();
}
