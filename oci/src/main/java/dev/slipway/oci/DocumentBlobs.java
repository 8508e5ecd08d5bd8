package dev.slipway.oci;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Documents in memory, and another source for everything else. */
public final class DocumentBlobs implements BlobSource {

    private final Map<Digest, Bytes> documents = new HashMap<>();
    private final BlobSource others;

    /**
     * @param documents manifests, indexes and configs, each found by its sha256 digest
     * @param others the source of layers
     */
    public DocumentBlobs(Collection<Bytes> documents, BlobSource others) {
        documents.forEach(document -> this.documents.put(Digest.sha256(document.toArray()), document));
        this.others = others;
    }

    /** Documents without another source. */
    public DocumentBlobs(Collection<Bytes> documents) {
        this(documents, descriptor -> {
            throw new BlobNotFoundException("there is no blob " + descriptor.digest());
        });
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        Bytes document = documents.get(descriptor.digest());
        return document == null
                ? others.open(descriptor)
                : VerifyingInputStream.of(new ByteArrayInputStream(document.toArray()), descriptor);
    }
}
