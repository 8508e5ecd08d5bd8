package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltImage;
import java.util.List;

/**
 * The images of one build.
 *
 * @param images one for each platform, in the order in which they were asked for; at least one
 * @param multiPlatform whether outputs have room for several platforms (an index, a folder for each), even with one
 */
public record ImageSet(List<BuiltImage> images, boolean multiPlatform) {

    public ImageSet {
        images = List.copyOf(requireNonNull(images, "images is null"));
        if (images.isEmpty()) {
            throw new IllegalArgumentException("there is no image");
        }
    }
}
