package dev.slipway.oci.place;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * An image to write somewhere.
 *
 * @param root its manifest or index
 * @param blobs the source of everything below the root
 * @param origins repositories that already have blobs, which registries can copy from there
 */
public record SentImage(Descriptor root, BlobSource blobs, Map<Digest, ImageReference> origins) {

    public SentImage {
        requireNonNull(root, "root is null");
        requireNonNull(blobs, "blobs is null");
        origins = Map.copyOf(origins);
    }

    /** An image as it was found. */
    public static SentImage of(StoredImage image) throws IOException {
        Map<Digest, ImageReference> origins = new HashMap<>();
        if (image.repository().isPresent()) {
            for (Descriptor blob : ImageTree.of(image.root(), image.blobs())) {
                origins.put(blob.digest(), image.repository().get());
            }
        }
        return new SentImage(image.root(), image.blobs(), origins);
    }
}
