package dev.slipway.oci.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import java.util.List;

/**
 * An image that was put together.
 *
 * @param descriptor of the manifest, with the platform
 * @param manifest the manifest
 * @param config the final config
 */
public record AssembledImage(Descriptor descriptor, Manifest manifest, ImageConfig config) {

    public AssembledImage {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(manifest, "manifest is null");
        requireNonNull(config, "config is null");
    }

    /** The documents of which the image consists, besides its layers. */
    public List<Bytes> documents() {
        return List.of(config.json(), Bytes.of(manifest.toJson()));
    }
}
