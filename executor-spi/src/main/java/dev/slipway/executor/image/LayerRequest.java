package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How a layer is wanted.
 *
 * @param compression how it is compressed if it has no blob yet
 * @param force whether a blob that came in a base image, and is compressed in another way, does not do
 * @param latest no file of a layer that this build made has a later time ({@code rewrite-timestamp}); layers of base images stay
 *     what they are
 */
public record LayerRequest(Compression compression, boolean force, Optional<Instant> latest) {

    /** What BuildKit makes unless it is asked for something else. */
    public static final LayerRequest USUAL = new LayerRequest(Compression.GZIP, false, Optional.empty());

    public LayerRequest {
        requireNonNull(compression, "compression is null");
        requireNonNull(latest, "latest is null");
    }
}
