package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import java.util.Optional;

/**
 * An image that was found.
 *
 * @param reference the reference of the image, without a digest
 * @param digest the digest of the manifest or index that the reference names
 * @param config the config of the platform's image: JSON, byte for byte
 * @param manifest the digest of the platform's manifest, which is the same or one that the index names; empty if the executor does not
 *     say
 */
public record ResolvedImage(String reference, Digest digest, Bytes config, Optional<Digest> manifest) {

    public ResolvedImage {
        requireNonNull(reference, "reference is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(config, "config is null");
        requireNonNull(manifest, "manifest is null");
    }

    /** An image of which nobody says which manifest is the platform's. */
    public ResolvedImage(String reference, Digest digest, Bytes config) {
        this(reference, digest, config, Optional.empty());
    }
}
