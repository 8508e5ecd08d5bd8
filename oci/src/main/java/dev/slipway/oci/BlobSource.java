package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import java.io.IOException;
import java.io.InputStream;

/** Something that blobs are read from: a store, a layout, a registry. */
@FunctionalInterface
public interface BlobSource {

    /** The largest manifest, index or config that is read, in bytes: containerd's limit. */
    int MAX_DOCUMENT_SIZE = 8 << 20;

    /**
     * Opens a blob. The stream checks what it reads: it fails at its end if size or digest differ, so do not trust what was
     * read before the end is reached.
     *
     * @throws BlobNotFoundException if there is no such blob
     * @throws IOException if it cannot be read
     */
    InputStream open(Descriptor descriptor) throws IOException;

    /**
     * Reads a whole manifest, index or config.
     *
     * @throws InvalidImageException if it is larger than {@link #MAX_DOCUMENT_SIZE}, or differs from its descriptor
     * @throws BlobNotFoundException if there is no such blob
     */
    default Bytes read(Descriptor descriptor) throws IOException {
        if (descriptor.size() > MAX_DOCUMENT_SIZE) {
            throw new InvalidImageException(descriptor.mediaType() + " " + descriptor.digest() + " has "
                    + descriptor.size() + " bytes; at most " + MAX_DOCUMENT_SIZE + " are allowed");
        }
        try (InputStream in = VerifyingInputStream.of(open(descriptor), descriptor)) {
            return Bytes.of(in.readAllBytes());
        }
    }
}
