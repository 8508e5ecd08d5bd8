package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.cache.CacheGraph;
import java.util.List;

/**
 * The images of one build.
 *
 * @param images one for each platform, in the order in which they were asked for; at least one
 * @param multiPlatform whether outputs are for several platforms (an index, a folder for each), even if there is only one
 * @param attestations the attestations of each image
 * @param cache the records that the images get into their configs, with the layers of their results
 */
public record ImageSet(
        List<BuiltImage> images,
        boolean multiPlatform,
        List<List<Attestation>> attestations,
        CacheGraph<List<BuiltLayer>> cache) {

    public ImageSet {
        images = List.copyOf(requireNonNull(images, "images is null"));
        attestations = requireNonNull(attestations, "attestations is null").stream()
                .map(List::copyOf)
                .toList();
        requireNonNull(cache, "cache is null");
        if (images.isEmpty()) {
            throw new IllegalArgumentException("there is no image");
        }
        if (images.size() != attestations.size()) {
            throw new IllegalArgumentException(
                    images.size() + " images and attestations of " + attestations.size() + " images");
        }
    }

    /** Images that hold no cache. */
    public ImageSet(List<BuiltImage> images, boolean multiPlatform, List<List<Attestation>> attestations) {
        this(images, multiPlatform, attestations, CacheGraph.empty());
    }

    /** Images without attestations. */
    public ImageSet(List<BuiltImage> images, boolean multiPlatform) {
        this(
                images,
                multiPlatform,
                images.stream().map(image -> List.<Attestation>of()).toList());
    }

    /** Whether an output is an index. */
    boolean isIndex(boolean inline) {
        return multiPlatform
                || attestations.stream()
                        .flatMap(List::stream)
                        .anyMatch(attestation -> inline || !attestation.inlineOnly());
    }

    /** The platforms of the images. Attestations may make an index necessary. */
    Targets targets(boolean inline) {
        return new Targets(images.stream().map(image -> image.spec().platform()).toList(), isIndex(inline));
    }
}
