package dev.slipway.executor;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.RemoteLayer;
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
     * The key of what a source contains right now. Equal keys mean equal content. Fetches no more than it needs to know that.
     * Times of files do not change the key of a local folder; everything that reaches an image does.
     *
     * @param source a vertex whose op is a {@link SourceOp}
     * @param monitor receives progress, if the source has to be fetched
     * @throws ExecutorException if the source cannot be read
     */
    Digest sourceKey(Vertex source, StepMonitor monitor) throws InterruptedException;

    /**
     * The keys under which BuildKit's caches know what a source contains right now, such as {@code sha256:...} of an image's manifest
     * and platform, and the chain id of its layers; any of them will do. Fetches no more than it needs to know them.
     *
     * @param source a vertex whose op is a {@link SourceOp}
     * @return none if only this build knows the source, as a folder of the client
     * @throws ExecutorException if the source cannot be read
     */
    default List<String> cacheKeys(Vertex source) throws InterruptedException {
        return List.of();
    }

    /**
     * The digest of the selected parts of a result: names, types, modes, owners, links and bytes, never times. It is BuildKit's, so
     * that caches can be shared: the sha256 digest of the digests of what each selector chooses, as text with NULs between them.
     * Selecting nothing is an error only if a selector says so.
     *
     * @throws ExecutorException if the result cannot be read, or lacks a required path
     */
    Digest contentDigest(Result result, List<ContentSelector> selectors) throws InterruptedException;

    /** The record saved under this key, if its results still exist. */
    Optional<CacheRecord> find(Digest key);

    /** Keeps a record for later builds, in this process or another. It replaces a record with the same key. */
    void save(CacheRecord record);

    /**
     * A result whose layers are kept elsewhere. None is fetched before it is needed; one that cannot be had then, or is not what it was
     * said to be, fails whoever needs it with a {@link LayerLostException}.
     *
     * @param layers lowest first
     * @return empty if the executor makes results only of what it has run
     */
    default Optional<Result> remote(List<RemoteLayer> layers) throws InterruptedException {
        return Optional.empty();
    }

    /**
     * Runs a vertex.
     *
     * @param vertex what to run
     * @param inputs the results of its inputs, in order
     * @param monitor receives output and progress
     * @return the outputs of the vertex, in order
     * @throws StepFailedException if a process fails
     * @throws ExecutorException if the step cannot be run
     */
    List<Result> run(Vertex vertex, List<Result> inputs, StepMonitor monitor) throws InterruptedException;

    /**
     * Reads a file of a result, or its beginning.
     *
     * @param path absolute path; links are followed inside the result
     * @param limit the maximum number of bytes to read; the rest is left out
     * @return its content, or empty if there is no such file
     * @throws ExecutorException if it is not a regular file
     */
    Optional<byte[]> readFile(Result result, String path, int limit) throws InterruptedException;

    /**
     * Finds programs and shared libraries that steps put into a result. Layers of base images are not searched, and files hidden by
     * a later layer do not count. A backend that cannot search finds none.
     *
     * @param wanted selects them by platform
     * @return what was found, each path once
     * @throws ExecutorException if the result cannot be read
     */
    default List<ProgramFile> programs(Result result, Predicate<Platform> wanted) throws InterruptedException {
        return List.of();
    }

    /**
     * The image of a result. Nothing is made until it is needed.
     *
     * @param root its files
     * @param spec what the image contains besides the files
     */
    BuiltImage image(Result root, ImageSpec spec);
}
