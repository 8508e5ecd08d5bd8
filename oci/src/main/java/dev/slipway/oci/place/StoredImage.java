package dev.slipway.oci.place;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import java.io.Closeable;
import java.util.Optional;

/** An image, or an index of images, that was found at its place. Closing it ends reading. */
public interface StoredImage extends Closeable {

    /** Its manifest or index, without the annotations and the platform that the place has for it. */
    Descriptor root();

    /** The source of everything below the root, for any number of threads. */
    BlobSource blobs();

    /** Its repository, if it is in a registry: another repository there can copy blobs from it. */
    default Optional<ImageReference> repository() {
        return Optional.empty();
    }
}
