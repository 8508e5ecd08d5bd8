package dev.slipway.oci.output;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The repositories that already have blobs of an image, so that these need not be sent again. */
final class Origins {

    private final Map<String, Map<Digest, ImageReference>> byRegistry = new HashMap<>();

    /** @param known repositories of layers */
    Origins(Map<Digest, List<ImageReference>> known) {
        known.forEach((blob, repositories) -> repositories.forEach(repository -> add(blob, repository)));
    }

    /** Notes that a repository has these blobs now. */
    void add(Collection<Descriptor> blobs, ImageReference repository) {
        blobs.forEach(blob -> add(blob.digest(), repository));
    }

    private void add(Digest blob, ImageReference repository) {
        byRegistry
                .computeIfAbsent(repository.domain(), domain -> new HashMap<>())
                .putIfAbsent(blob, repository);
    }

    /** The repositories of blobs at one registry. */
    Map<Digest, ImageReference> at(String domain) {
        return Map.copyOf(byRegistry.getOrDefault(domain, Map.of()));
    }
}
