package dev.slipway.oci;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;

/**
 * An image of one platform: its documents, read, and where its layers can be had.
 *
 * @param descriptor of the manifest
 * @param manifest the manifest
 * @param config the config
 * @param blobs where the layers are
 */
public record Image(Descriptor descriptor, Manifest manifest, ImageConfig config, BlobSource blobs) {

    public Image {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(manifest, "manifest is null");
        requireNonNull(config, "config is null");
        requireNonNull(blobs, "blobs is null");
    }

    /**
     * Reads the documents of an image.
     *
     * @param descriptor of its manifest
     * @throws InvalidImageException if manifest and config do not fit each other
     */
    public static Image read(Descriptor descriptor, BlobSource blobs) throws IOException {
        Manifest manifest = Manifest.parse(blobs.read(descriptor).toArray());
        if (!MediaTypes.isConfig(manifest.config().mediaType())) {
            throw new InvalidImageException(descriptor.digest() + " is no image: its config has the media type "
                    + manifest.config().mediaType());
        }
        ImageConfig config = ImageConfig.parse(blobs.read(manifest.config()));
        if (config.diffIds().size() != manifest.layers().size()) {
            throw new InvalidImageException("image " + descriptor.digest() + " has "
                    + manifest.layers().size() + " layers, but its config names "
                    + config.diffIds().size());
        }
        return new Image(descriptor, manifest, config, blobs);
    }

    /** Opens a layer as it is stored, mostly compressed. The stream checks what it reads. */
    public InputStream openLayer(int number) throws IOException {
        return blobs.open(manifest.layers().get(number));
    }
}
