package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A layer that is kept elsewhere, such as in a cache of a registry, and fetched when it is needed.
 *
 * @param blob describes its blob, as {@link LayerBlob} does
 * @param diffId the digest of the tar stream before compression, which is not believed before the blob has been read
 * @param created when it was made
 * @param source opens the blob
 */
public record RemoteLayer(Descriptor blob, Digest diffId, Instant created, Source source) {

    public RemoteLayer {
        requireNonNull(blob, "blob is null");
        requireNonNull(diffId, "diffId is null");
        requireNonNull(created, "created is null");
        requireNonNull(source, "source is null");
    }

    /** Where blobs are kept. Several threads may use it at once. */
    @FunctionalInterface
    public interface Source {

        /**
         * Opens a blob. What is read is checked by whoever reads it.
         *
         * @throws IOException if it cannot be had
         */
        InputStream open(Descriptor blob) throws IOException;
    }
}
