package dev.slipway.executor;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The work that an executor does for one build, vertex by vertex. */
public interface VertexWork extends BuildWork {

    /**
     * Says what a source holds right now, without fetching more of it than that takes: equal keys stand for equal content.
     * Times of files make no difference to the key of a local folder; everything that reaches an image does.
     *
     * @param source a vertex whose op is a {@link SourceOp}
     * @param monitor hears how far it is, where the source has to be fetched for that
     * @throws ExecutorException if the source cannot be had
     */
    Digest sourceKey(Vertex source, StepMonitor monitor) throws InterruptedException;

    /**
     * The digest of what the selectors choose of a result: names, types, modes, owners, links and bytes, never times.
     * Choosing nothing is an error only where a selector says so.
     *
     * @throws ExecutorException if the result cannot be read, or lacks a required path
     */
    Digest contentDigest(Result result, List<ContentSelector> selectors) throws InterruptedException;

    /** The record saved under this key, if its results are still there. */
    Optional<CacheRecord> find(Digest key);

    /** Keeps a record for later builds, in this process or another. A record of the same key is replaced. */
    void save(CacheRecord record);

    /**
     * Runs a vertex.
     *
     * @param vertex what to run
     * @param inputs the results of its inputs, in their order
     * @param monitor hears output and progress
     * @return the vertex's outputs, in their order
     * @throws StepFailedException if a process fails
     * @throws ExecutorException if the step is impossible
     */
    List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor) throws InterruptedException;

    /**
     * Reads a file of a result, or its beginning.
     *
     * @param path absolute path; links are followed inside the result
     * @param limit how many bytes are read at most; what comes behind them is left out
     * @return its content, or empty if there is no such file
     * @throws ExecutorException if it is no regular file
     */
    Optional<byte[]> readFile(Result result, String path, int limit) throws InterruptedException;

    /**
     * Finds programs and shared libraries that steps put into a result. Layers that came in images are not looked into, and what
     * a later layer hides does not count. A backend that cannot tell finds none.
     *
     * @param wanted chooses them by platform
     * @return what was found, each path once
     * @throws ExecutorException if the result cannot be read
     */
    default List<ProgramFile> programs(Result result, Predicate<Platform> wanted) throws InterruptedException {
        return List.of();
    }

    /**
     * The image of a result. Nothing is made before it is asked for.
     *
     * @param root its files
     * @param spec what it is to be besides
     */
    BuiltImage image(Result root, ImageSpec spec);
}
