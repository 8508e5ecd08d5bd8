package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;

/**
 * An image that was found.
 *
 * @param reference the reference of the image, without a digest
 * @param digest the digest of the manifest or index that the reference names
 * @param config the config of the platform's image: JSON, byte for byte
 */
public record ResolvedImage(String reference, Digest digest, Bytes config) {

    public ResolvedImage {
        requireNonNull(reference, "reference is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(config, "config is null");
    }
}
