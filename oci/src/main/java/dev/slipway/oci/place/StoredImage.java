package dev.slipway.oci.place;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import java.io.Closeable;
import java.util.Optional;

/** An image, or an index of images, that was found at its place. Closing it ends reading. */
public interface StoredImage extends Closeable {

    /** Its manifest or index, without annotations and platform: what the place says of it stays there. */
    Descriptor root();

    /** Where everything below the root is read, from any number of threads. */
    BlobSource blobs();

    /** The repository it is in, if that is one of a registry: another repository there can take blobs over. */
    default Optional<ImageReference> repository() {
        return Optional.empty();
    }
}
