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
     * @throws ExecutorException if it cannot be had
     */
    ResolvedImage resolveImage(ImageRequest request) throws InterruptedException;

    /**
     * The age of a git repository or of a file behind a URL: the time of the commit, the server's {@code Last-Modified}, or,
     * if the server says nothing, the time of the newest regular file of an archive.
     *
     * @param source a vertex whose op is a {@link SourceOp}
     * @return empty if the source says nothing of its age
     * @throws ExecutorException if the source cannot be had
     */
    Optional<Instant> sourceTime(Vertex source) throws InterruptedException;

    /** Ends the work: nothing is run in it any more. Results that nothing else holds may go. Closing twice is closing once. */
    @Override
    void close();
}
