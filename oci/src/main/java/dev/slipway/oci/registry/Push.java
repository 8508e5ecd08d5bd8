package dev.slipway.oci.registry;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import java.util.Map;

/**
 * An image to write to a registry.
 *
 * @param target where; one with a digest and without a tag is stored under its digest alone
 * @param root its manifest or index
 * @param blobs the source of everything below the root
 * @param origins repositories that layers came from, so that a registry that has them need not receive them again
 */
public record Push(ImageReference target, Descriptor root, BlobSource blobs, Map<Digest, ImageReference> origins) {

    public Push {
        target = requireNonNull(target, "target is null").withDefaultTag();
        requireNonNull(root, "root is null");
        requireNonNull(blobs, "blobs is null");
        origins = Map.copyOf(origins);
    }

    /** An image whose parts may all be missing from the registry. */
    public static Push of(ImageReference target, Descriptor root, BlobSource blobs) {
        return new Push(target, root, blobs, Map.of());
    }
}
