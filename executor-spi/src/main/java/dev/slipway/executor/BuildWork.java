package dev.slipway.executor;

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

    /** Ends the work: nothing more runs in it. Results that nothing else holds may be removed. A second call has no effect. */
    @Override
    void close();
}
