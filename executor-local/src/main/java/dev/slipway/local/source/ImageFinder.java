package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import java.io.IOException;

/** Finds images by name. */
interface ImageFinder {

    /**
     * An image that was found.
     *
     * @param root its manifest, or the index of several platforms
     * @param blobs where everything below is read
     */
    record Found(Descriptor root, BlobSource blobs) {}

    /**
     * Finds an image.
     *
     * @throws ImageNotFoundException if there is none of this name
     * @throws ExecutorException if it cannot be had
     */
    Found find(ImageRequest request) throws IOException, InterruptedException;

    /** The name that is asked for. */
    static ImageReference reference(ImageRequest request) {
        try {
            return ImageReference.parse(request.reference());
        } catch (IllegalArgumentException e) {
            throw new ExecutorException("invalid name of an image '" + request.reference() + "': " + e.getMessage(), e);
        }
    }
}
