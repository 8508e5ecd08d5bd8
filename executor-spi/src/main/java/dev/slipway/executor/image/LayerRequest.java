package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How a layer should be written.
 *
 * @param compression how to compress it if it has no blob yet
 * @param force whether to convert the blob of a base image that is compressed in another way
 * @param latest the latest time that files of new layers may have ({@code rewrite-timestamp}); layers of base images stay
 *     unchanged
 */
public record LayerRequest(Compression compression, boolean force, Optional<Instant> latest) {

    /** BuildKit's default. */
    public static final LayerRequest USUAL = new LayerRequest(Compression.GZIP, false, Optional.empty());

    public LayerRequest {
        requireNonNull(compression, "compression is null");
        requireNonNull(latest, "latest is null");
    }
}
