package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One kind of source, for one build. */
public interface Source {

    /**
     * What the source holds now: equal keys, equal content.
     *
     * @throws ExecutorException if it cannot be had
     */
    Digest key(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException;

    /**
     * The keys under which BuildKit's caches know what it holds now; none if they cannot know it.
     *
     * @throws ExecutorException if it cannot be had
     */
    default List<String> sharedKeys(Vertex vertex) throws IOException, InterruptedException {
        return List.of();
    }

    /**
     * Makes a root of it.
     *
     * @throws ExecutorException if it cannot be had
     */
    Result run(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException;

    /**
     * How old the source is, if it says so.
     *
     * @throws ExecutorException if it cannot be had
     */
    default Optional<Instant> time(Vertex vertex) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * What the source stands for now.
     *
     * @throws ExecutorException if it cannot be had
     */
    default Optional<String> pin(Vertex vertex) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /** What the store lacks to make a root of it without asking anybody, in words; nothing if it lacks nothing. */
    default Optional<String> missing(Vertex vertex) throws IOException, InterruptedException {
        return Optional.empty();
    }
}
