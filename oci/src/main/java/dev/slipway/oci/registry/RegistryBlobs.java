package dev.slipway.oci.registry;

import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The blobs of one repository, from the first host that has them. */
final class RegistryBlobs implements BlobSource {

    private final List<Connection> connections;
    private final String name;

    RegistryBlobs(List<Connection> connections, String name) {
        this.connections = connections;
        this.name = name;
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        String what = name + "@" + descriptor.digest();
        try {
            InputStream in = Connections.firstOf(
                    connections,
                    what,
                    connection -> isDocument(descriptor)
                            ? new ManifestEndpoint(connection).open(descriptor, what)
                            : new BlobEndpoint(connection).open(descriptor, what));
            return VerifyingInputStream.of(in, descriptor);
        } catch (RegistryException e) {
            if (e.isNotFound()) {
                throw new BlobNotFoundException(e.getMessage());
            }
            throw e;
        }
    }

    private static boolean isDocument(Descriptor descriptor) {
        return MediaTypes.isIndex(descriptor.mediaType()) || MediaTypes.isManifest(descriptor.mediaType());
    }
}
