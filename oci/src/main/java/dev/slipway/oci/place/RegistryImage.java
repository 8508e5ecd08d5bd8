package dev.slipway.oci.place;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.util.Optional;

/** An image of a registry. */
record RegistryImage(ImageReference reference, Descriptor root, BlobSource blobs) implements StoredImage {

    static RegistryImage open(RegistryClient client, ImageReference reference) throws IOException {
        Descriptor root = client.resolve(reference);
        BlobSource blobs = new KeptDocuments(client.blobs(reference));
        return new RegistryImage(reference, Descriptor.of(root.mediaType(), root.digest(), root.size()), blobs);
    }

    @Override
    public Optional<ImageReference> repository() {
        return Optional.of(reference);
    }

    @Override
    public void close() {}
}
