package dev.slipway.oci;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.config.ImageConfig;
import java.io.IOException;
import java.io.InputStream;

/**
 * An image of one platform: its documents, and the source of its layers.
 *
 * @param descriptor of the manifest
 * @param manifest the manifest
 * @param document the config
 * @param blobs the source of the layers
 */
public record Image(Descriptor descriptor, Manifest manifest, ConfigDocument document, BlobSource blobs) {

    public Image {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(manifest, "manifest is null");
        requireNonNull(document, "document is null");
        requireNonNull(blobs, "blobs is null");
    }

    /**
     * Reads the documents of an image.
     *
     * @param descriptor of its manifest
     * @throws InvalidImageException if manifest and config do not match
     */
    public static Image read(Descriptor descriptor, BlobSource blobs) throws IOException {
        Manifest manifest = manifest(descriptor, blobs);
        if (!MediaTypes.isConfig(manifest.config().mediaType())) {
            throw new InvalidImageException(descriptor.digest() + " is not an image: its config has the media type "
                    + manifest.config().mediaType());
        }
        for (Descriptor layer : manifest.layers()) {
            if (!MediaTypes.isLayer(layer.mediaType())) {
                throw new InvalidImageException("layer " + layer.digest() + " of image " + descriptor.digest()
                        + " has the media type " + layer.mediaType() + ", which is not supported");
            }
        }
        ConfigDocument document = ConfigDocument.parse(blobs.read(manifest.config()));
        if (document.config().diffIds().size() != manifest.layers().size()) {
            throw new InvalidImageException("image " + descriptor.digest() + " has "
                    + manifest.layers().size() + " layers, but its config names "
                    + document.config().diffIds().size());
        }
        return new Image(descriptor, manifest, document, blobs);
    }

    private static Manifest manifest(Descriptor descriptor, BlobSource blobs) throws IOException {
        Bytes document = blobs.read(descriptor);
        try {
            return Manifest.parse(document.toArray());
        } catch (InvalidImageException e) {
            throw new InvalidImageException("manifest " + descriptor.digest() + ": " + e.getMessage(), e);
        }
    }

    /** The content of its config. */
    public ImageConfig config() {
        return document.config();
    }

    /** Opens a layer as it is stored, usually compressed. The stream checks what it reads. */
    public InputStream openLayer(int number) throws IOException {
        return blobs.open(manifest.layers().get(number));
    }
}
