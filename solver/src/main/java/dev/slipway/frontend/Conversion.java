package dev.slipway.frontend;

import dev.slipway.llb.Definition;
import dev.slipway.oci.config.ImageConfig;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What a Dockerfile means for one platform.
 *
 * @param definition how the root of the image is built; empty for an image without files
 * @param image the config of the image, whose layers are yet to be built
 * @param baseImage the config of the base image, unchanged; empty if there is none
 * @param sourceDateEpoch the time of everything in the image, in seconds since 1970
 * @param outline the arguments, secrets and agents that the build asks for
 * @param scan how the list of the image's contents is made, as a folder of in-toto statements; empty unless asked for
 */
public record Conversion(
        Definition definition,
        ImageConfig image,
        Optional<ImageConfig> baseImage,
        OptionalLong sourceDateEpoch,
        Outline outline,
        Optional<Definition> scan) {

    /** The same image, built in another way: what is built and what is scanned both change. */
    public Conversion with(UnaryOperator<Definition> change) {
        return new Conversion(change.apply(definition), image, baseImage, sourceDateEpoch, outline, scan.map(change));
    }
}
