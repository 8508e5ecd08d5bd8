package dev.slipway.oci.place;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.VerifyingInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Caches documents, which are read several times, so that a registry is asked only once. */
final class KeptDocuments implements BlobSource {

    /** The size of a few of the largest documents, which is more than any honest image needs. */
    private static final long MOST = 4L * MAX_DOCUMENT_SIZE;

    private final BlobSource blobs;
    private final Map<Digest, Bytes> kept = new ConcurrentHashMap<>();
    private final AtomicLong size = new AtomicLong();

    KeptDocuments(BlobSource blobs) {
        this.blobs = blobs;
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        Bytes document = kept.get(descriptor.digest());
        return document == null
                ? blobs.open(descriptor)
                : VerifyingInputStream.of(new ByteArrayInputStream(document.toArray()), descriptor);
    }

    @Override
    public Bytes read(Descriptor descriptor) throws IOException {
        Bytes document = kept.get(descriptor.digest());
        if (document != null && document.length() == descriptor.size()) {
            return document;
        }
        Bytes read = blobs.read(descriptor);
        if (size.addAndGet(read.length()) <= MOST) {
            kept.put(descriptor.digest(), read);
        }
        return read;
    }
}
