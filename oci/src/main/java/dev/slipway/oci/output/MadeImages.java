package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.image.AssembledImage;
import java.util.List;
import java.util.Map;

/**
 * Images with their manifests.
 *
 * @param root the index, or the manifest of the only image if there is no index
 * @param images one for each platform, in the order of the build
 * @param blobs the source of everything below the root
 * @param origins repositories that already have layers
 */
public record MadeImages(
        Descriptor root, List<AssembledImage> images, BlobSource blobs, Map<Digest, List<ImageReference>> origins) {

    public MadeImages {
        requireNonNull(root, "root is null");
        images = List.copyOf(requireNonNull(images, "images is null"));
        requireNonNull(blobs, "blobs is null");
        origins = Map.copyOf(requireNonNull(origins, "origins is null"));
    }
}
