package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

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

    private static final String ORIGIN = "containerd.io/distribution.source.";

    public LayerBlob {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(diffId, "diffId is null");
    }

    /** The repositories that have the blob. A push to another repository of the same registry need not send it. */
    public List<ImageReference> origins() {
        List<ImageReference> origins = new ArrayList<>();
        descriptor.annotations().forEach((key, paths) -> {
            if (key.startsWith(ORIGIN)) {
                String domain = key.substring(ORIGIN.length());
                for (String path : paths.split(",")) {
                    origins.add(new ImageReference(domain, path, Optional.empty(), Optional.empty()));
                }
            }
        });
        return origins;
    }

    /** The same layer, with one more repository that has the blob. */
    public LayerBlob withOrigin(ImageReference repository) {
        requireNonNull(repository, "repository is null");
        TreeMap<String, String> annotations = new TreeMap<>(descriptor.annotations());
        annotations.merge(ORIGIN + repository.domain(), repository.path(), (one, other) -> one + "," + other);
        return new LayerBlob(descriptor.withAnnotations(annotations), diffId, unpackedSize);
    }
}
