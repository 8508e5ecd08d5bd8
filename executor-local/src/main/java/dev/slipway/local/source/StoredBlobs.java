package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.local.store.BlobStore;
import dev.slipway.oci.BlobSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the store has of an image when no registry may be asked.
 *
 * @param reference the image, for messages
 */
record StoredBlobs(BlobStore blobs, ImageReference reference) implements BlobSource {

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        if (!blobs.has(descriptor)) {
            throw missing(reference + " is not whole in the store: it lacks " + descriptor.digest());
        }
        return blobs.open(descriptor);
    }

    /** What is said of an image that cannot be had. */
    static ExecutorException missing(String what) {
        return new ImageNotFoundException(
                what + ", and no registry may be asked; build once without --offline or --pull=never");
    }
}
