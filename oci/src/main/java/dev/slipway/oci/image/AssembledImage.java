package dev.slipway.oci.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.ConfigDocument;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.config.ImageConfig;
import java.util.List;

/**
 * An assembled image.
 *
 * @param descriptor of the manifest, with the platform
 * @param manifest the manifest
 * @param document the final config
 */
public record AssembledImage(Descriptor descriptor, Manifest manifest, ConfigDocument document) {

    public AssembledImage {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(manifest, "manifest is null");
        requireNonNull(document, "document is null");
    }

    /** The content of its config. */
    public ImageConfig config() {
        return document.config();
    }

    /** All documents of the image. */
    public List<Bytes> documents() {
        return List.of(document.json(), Bytes.of(manifest.toJson()));
    }
}
