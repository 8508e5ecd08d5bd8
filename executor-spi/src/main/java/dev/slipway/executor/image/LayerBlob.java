package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;

/**
 * A layer written as a blob.
 *
 * @param descriptor describes the blob, with an OCI media type. Annotations of the form {@code
 *     containerd.io/distribution.source.HOST} name repositories of a registry that have the blob, with commas between them;
 *     no manifest gets them
 * @param diffId the digest of the tar stream before compression
 * @param unpackedSize the length of the tar stream in bytes
 */
public record LayerBlob(Descriptor descriptor, Digest diffId, long unpackedSize) {

    public LayerBlob {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(diffId, "diffId is null");
    }
}
