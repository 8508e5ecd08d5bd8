package dev.slipway.oci.registry;

import dev.slipway.executor.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;

/** {@code /v2/NAME/blobs/DIGEST}. */
final class BlobEndpoint {

    private final Connection connection;

    BlobEndpoint(Connection connection) {
        this.connection = connection;
    }

    /** Opens a blob. If the connection breaks, the stream resumes where it was. */
    InputStream open(Descriptor descriptor, String what) throws IOException {
        return new ResumingStream(this, connection, descriptor, what);
    }

    /**
     * Opens a blob from a position on.
     *
     * @throws RegistryException if there is no such blob
     */
    InputStream open(Descriptor descriptor, long position, String what) throws IOException {
        Call call = Call.of("GET", connection.uri("blobs/" + descriptor.digest()));
        if (position > 0) {
            call = call.with("Range", "bytes=" + position + "-");
        }
        HttpResponse<InputStream> response = connection.exchange(call, Scope.pull(connection.repository()));
        if (response.statusCode() == 200) {
            Connection.checkSize(response, what, descriptor.size());
            // The whole blob, although only the rest was requested: not every server supports ranges.
            response.body().skipNBytes(position);
            return response.body();
        }
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (response.statusCode() == 206 && range.startsWith("bytes " + position + "-")) {
            Connection.checkSize(response, what, descriptor.size() - position);
            return response.body();
        }
        throw connection.unexpected(what, response);
    }

    /** Whether the repository has a blob already. */
    boolean exists(Descriptor descriptor, Scope scope) throws IOException {
        Call call = Call.of("HEAD", connection.uri("blobs/" + descriptor.digest()));
        HttpResponse<InputStream> response = connection.exchange(call, scope);
        response.body().close();
        return response.statusCode() == 200;
    }
}
