package dev.slipway.oci.registry;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.text.Reason;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The blobs of one repository, from the first host that has them; of foreign layers, also from elsewhere. */
final class RegistryBlobs implements BlobSource {

    private final List<Connection> connections;
    private final String name;
    private final ForeignLayers foreign;

    RegistryBlobs(List<Connection> connections, String name, ForeignLayers foreign) {
        this.connections = connections;
        this.name = name;
        this.foreign = foreign;
    }

    @Override
    public InputStream open(Descriptor descriptor) throws IOException {
        String what = name + "@" + descriptor.digest();
        try {
            return Connections.firstOf(
                    connections,
                    what,
                    connection -> checked(
                            isDocument(descriptor)
                                    ? new ManifestEndpoint(connection).open(descriptor, what)
                                    : new BlobEndpoint(connection).open(descriptor, what),
                            descriptor,
                            connection.host()));
        } catch (RegistryException e) {
            Optional<InputStream> elsewhere = foreign.open(descriptor);
            if (elsewhere.isPresent()) {
                return checked(
                        elsewhere.get(),
                        descriptor,
                        connections.get(connections.size() - 1).host());
            }
            if (e.isNotFound()) {
                throw new BlobNotFoundException(Reason.of(e));
            }
            throw e;
        }
    }

    /** The checked content; errors name the host. */
    private InputStream checked(InputStream in, Descriptor descriptor, RegistryHost host) {
        String whose = name + (host.isMirror() ? " from " + host.address().getAuthority() : "");
        return VerifyingInputStream.of(in, descriptor, new VerifyingInputStream.Listener() {
            @Override
            public InvalidImageException damaged(String message) {
                return new InvalidImageException(whose + ": " + message);
            }
        });
    }

    private static boolean isDocument(Descriptor descriptor) {
        return MediaTypes.isIndex(descriptor.mediaType()) || MediaTypes.isManifest(descriptor.mediaType());
    }
}
