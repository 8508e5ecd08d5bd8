package dev.slipway.oci.registry;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifyingInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/** {@code /v2/NAME/manifests/REFERENCE}. */
final class ManifestEndpoint {

    private static final String ACCEPT = String.join(
            ", ",
            MediaTypes.DOCKER_MANIFEST,
            MediaTypes.DOCKER_INDEX,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.OCI_INDEX,
            "*/*");

    private final Connection connection;

    ManifestEndpoint(Connection connection) {
        this.connection = connection;
    }

    /**
     * The descriptor that a tag or digest stands for.
     *
     * @param what the image, for messages
     * @throws RegistryException if there is no such manifest
     */
    Descriptor resolve(String reference, String what) throws IOException {
        HttpResponse<InputStream> response = send("HEAD", reference, Scope.pull(connection.repository()));
        int status = response.statusCode();
        if (status == 401 || status == 403 || status == 404 || status == 429) {
            throw connection.unexpected(what, response);
        }
        response.body().close();
        if (status == 200) {
            Optional<Descriptor> descriptor = described(response);
            if (descriptor.isPresent()) {
                return descriptor.get();
            }
        }
        // Some registries do not know HEAD, others leave out the digest.
        return read(reference, what);
    }

    /** The descriptor in the headers, if it is complete. */
    private static Optional<Descriptor> described(HttpResponse<?> response) {
        Optional<String> digest = response.headers().firstValue("Docker-Content-Digest");
        long size = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        String mediaType = mediaType(response);
        if (digest.isEmpty() || size <= 0 || !isKnown(mediaType)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Descriptor.of(mediaType, Digest.parse(digest.get()), size));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Descriptor read(String reference, String what) throws IOException {
        Answer answer = get(reference, what, -1);
        byte[] document = answer.document();
        if (document.length > BlobSource.MAX_DOCUMENT_SIZE) {
            throw new InvalidImageException(
                    what + ": the manifest has more than " + BlobSource.MAX_DOCUMENT_SIZE + " bytes");
        }
        String mediaType = answer.mediaType();
        try {
            String known = isKnown(mediaType) ? mediaType : mediaType(document);
            return reference.startsWith("sha512:")
                    ? checked(Descriptor.of(known, Digest.parse(reference), document.length), document)
                    : Descriptor.of(known, document);
        } catch (InvalidImageException e) {
            throw new InvalidImageException(what + ": " + e.getMessage(), e);
        }
    }

    private static Descriptor checked(Descriptor descriptor, byte[] document) throws IOException {
        try (InputStream in = VerifyingInputStream.of(new ByteArrayInputStream(document), descriptor)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return descriptor;
    }

    private static String mediaType(byte[] document) throws InvalidImageException {
        try {
            return Manifest.parse(document).mediaType();
        } catch (InvalidImageException e) {
            Index index = Index.parse(document);
            if (index.manifests().isEmpty()) {
                throw e;
            }
            return index.mediaType();
        }
    }

    /** Opens a manifest or index by its digest. */
    InputStream open(Descriptor descriptor, String what) throws IOException {
        return new ByteArrayInputStream(
                get(descriptor.digest().toString(), what, descriptor.size()).document());
    }

    private record Answer(String mediaType, byte[] document) {}

    /**
     * A whole document, or slightly more than the size limit; requested again if the connection breaks.
     *
     * @param size its expected size, or -1 if unknown
     */
    private Answer get(String reference, String what, long size) throws IOException {
        for (int attempt = 0; ; attempt++) {
            HttpResponse<InputStream> response = send("GET", reference, Scope.pull(connection.repository()));
            if (response.statusCode() != 200) {
                throw connection.unexpected(what, response);
            }
            if (size >= 0) {
                Connection.checkSize(response, what, size);
            }
            try (InputStream body = response.body()) {
                return new Answer(mediaType(response), body.readNBytes(BlobSource.MAX_DOCUMENT_SIZE + 1));
            } catch (IOException e) {
                if (!Backoff.isPassing(e) || connection.backoff().isLast(attempt)) {
                    throw e;
                }
            }
            connection.backoff().await(attempt);
        }
    }

    /**
     * Whether the repository has a manifest already.
     *
     * @param reference its digest, or a tag that may stand for another one
     */
    boolean exists(String reference, Descriptor descriptor, Scope scope) throws IOException {
        HttpResponse<InputStream> response = send("HEAD", reference, scope);
        response.body().close();
        String digest = descriptor.digest().toString();
        boolean same = response.headers()
                .firstValue("Docker-Content-Digest")
                .map(digest::equals)
                .orElse(reference.equals(digest));
        return response.statusCode() == 200 && same;
    }

    /**
     * Stores a manifest or index, whose children are there already.
     *
     * @param reference its digest or a tag
     * @return whether the registry has recorded the subject of the manifest
     */
    boolean put(String reference, Descriptor descriptor, byte[] document, Scope scope, String what) throws IOException {
        Call call = Call.of("PUT", connection.uri("manifests/" + reference))
                .with("Content-Type", descriptor.mediaType())
                .with(new Call.Body(document.length, () -> new ByteArrayInputStream(document)));
        HttpResponse<InputStream> response = connection.exchange(call, scope);
        if (response.statusCode() / 100 != 2) {
            throw connection.unexpected(what, response);
        }
        response.body().close();
        String stored = response.headers().firstValue("Docker-Content-Digest").orElse("");
        if (!stored.isEmpty() && !stored.equals(descriptor.digest().toString())) {
            throw new InvalidImageException(
                    what + ": the registry stored a manifest " + stored + " instead of " + descriptor.digest());
        }
        return response.headers().firstValue("OCI-Subject").isPresent();
    }

    private HttpResponse<InputStream> send(String method, String reference, Scope scope) throws IOException {
        Call call = Call.of(method, connection.uri("manifests/" + reference)).with("Accept", ACCEPT);
        return connection.exchange(call, scope);
    }

    private static String mediaType(HttpResponse<?> response) {
        String header = response.headers().firstValue("Content-Type").orElse("");
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters)).strip();
    }

    private static boolean isKnown(String mediaType) {
        return MediaTypes.isIndex(mediaType) || MediaTypes.isManifest(mediaType);
    }
}
