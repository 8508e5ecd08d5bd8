package dev.slipway.frontend;

import dev.slipway.llb.Definition;
import dev.slipway.oci.config.ImageConfig;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a Dockerfile means for one platform.
 *
 * @param definition how the root of the image is built; empty for an image without files
 * @param image the config of the image, whose layers are yet to be built
 * @param baseImage the config of the image that it stands on, untouched; empty if it stands on none
 * @param sourceDateEpoch the time that everything in the image carries, in seconds since 1970
 * @param outline what the build asks of the one who starts it
 */
public record Conversion(
        Definition definition,
        ImageConfig image,
        Optional<ImageConfig> baseImage,
        OptionalLong sourceDateEpoch,
        Outline outline) {

    /** The same image, built in another way. */
    public Conversion with(Definition other) {
        return new Conversion(other, image, baseImage, sourceDateEpoch, outline);
    }
}
