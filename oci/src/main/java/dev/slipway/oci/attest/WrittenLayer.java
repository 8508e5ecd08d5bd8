package dev.slipway.oci.attest;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;

/**
 * A layer of an image that was written.
 *
 * @param layer the layer as built
 * @param descriptor its blob in the manifest
 */
public record WrittenLayer(BuiltLayer layer, Descriptor descriptor) {

    public WrittenLayer {
        requireNonNull(layer, "layer is null");
        requireNonNull(descriptor, "descriptor is null");
    }
}
