package dev.slipway.oci;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.LayerBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The repositories that have the blob of a layer, as annotations of its descriptor, which containerd uses as well. A push to another
 * repository of the same registry need not send such a blob.
 */
public final class LayerOrigins {

    /** The host of the registry follows; the value is a list of repositories. */
    private static final String PREFIX = "containerd.io/distribution.source.";

    private LayerOrigins() {}

    /** The repositories that have a blob. */
    public static List<ImageReference> of(LayerBlob blob) {
        List<ImageReference> origins = new ArrayList<>();
        blob.descriptor().annotations().forEach((key, paths) -> {
            if (key.startsWith(PREFIX)) {
                String domain = key.substring(PREFIX.length());
                for (String path : paths.split(",")) {
                    origins.add(new ImageReference(domain, path, Optional.empty(), Optional.empty()));
                }
            }
        });
        return origins;
    }

    /** The same layer, with one more repository that has its blob. */
    public static LayerBlob with(LayerBlob blob, ImageReference repository) {
        TreeMap<String, String> annotations = new TreeMap<>(blob.descriptor().annotations());
        annotations.merge(PREFIX + repository.domain(), repository.path(), (one, other) -> one + "," + other);
        return new LayerBlob(blob.descriptor().withAnnotations(annotations), blob.diffId(), blob.unpackedSize());
    }

    /** Whether an annotation of a layer is such a note. Manifests do not contain these. */
    public static boolean isOrigin(String annotation) {
        return annotation.startsWith(PREFIX);
    }
}
