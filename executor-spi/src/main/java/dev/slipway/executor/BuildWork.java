package dev.slipway.executor;

import dev.slipway.executor.image.ImageContent;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.time.Instant;
import java.util.Optional;

/**
 * What every executor does for one build. All methods may be called from several threads at once. Those that take long are
 * cancelled by interrupting their thread: they stop what they started, leave nothing half-written behind and throw {@link
 * InterruptedException}.
 */
public interface BuildWork extends AutoCloseable {

    /**
     * Looks up an image's digest and config without fetching its layers.
     *
     * @throws ImageNotFoundException if there is no such image
     * @throws ExecutorException if it cannot be read
     */
    ResolvedImage resolveImage(ImageRequest request) throws InterruptedException;

    /**
     * The time of a git repository or of a file behind a URL: that of the commit, the server's {@code Last-Modified}, or,
     * without one, that of the newest regular file in an archive.
     *
     * @param source a vertex whose op is a {@link SourceOp}
     * @return empty if the source has no time
     * @throws ExecutorException if the source cannot be read
     */
    Optional<Instant> sourceTime(Vertex source) throws InterruptedException;

    /**
     * What a source stands for right now, without fetching more of it than that takes: the digest of the manifest or index of an image,
     * the commit of a git repository, the digest of the file behind a URL.
     *
     * @param source a vertex whose op is a {@link SourceOp}
     * @return empty for folders of the client, and where the executor cannot tell
     * @throws ExecutorException if the source cannot be had
     */
    default Optional<String> sourcePin(Vertex source) throws InterruptedException {
        return Optional.empty();
    }

    /**
     * An image as it is, so that it can be copied.
     *
     * @throws ImageNotFoundException if there is no such image
     * @throws ExecutorException if it cannot be had, or the executor cannot give it
     */
    default ImageContent imageContent(ImageRequest request) throws InterruptedException {
        throw new ExecutorException("this executor does not give base images; make the bundle with another one");
    }

    /**
     * Why a source cannot be had without asking anybody: what of it the store lacks, in words.
     *
     * @param source a vertex whose op is a {@link SourceOp}
     * @return empty if it can be had
     * @throws ExecutorException if the executor cannot tell
     */
    default Optional<String> missing(Vertex source) throws InterruptedException {
        throw new ExecutorException("this executor cannot tell what it has; build without --offline");
    }

    /** Ends the work: nothing more runs in it. Results that nothing else holds may be removed. A second call has no effect. */
    @Override
    void close();
}
