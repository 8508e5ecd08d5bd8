package dev.slipway.oci.registry;

import dev.slipway.executor.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code /v2/NAME/blobs/uploads/}. */
final class UploadEndpoint {

    private final Connection connection;

    UploadEndpoint(Connection connection) {
        this.connection = connection;
    }

    /**
     * Stores a blob: taken over from another repository of the registry if that can be, else uploaded in one piece.
     *
     * @param mountFrom a repository that probably has the blob
     * @param what the image, for messages
     * @return whether it was uploaded
     */
    boolean store(Upload upload, Optional<String> mountFrom, String what) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                return storeOnce(upload, mountFrom, what);
            } catch (IOException e) {
                boolean passing = e instanceof RegistryException refused
                        ? Backoff.isPassing(refused.status())
                        : Backoff.isPassing(e);
                if (!passing
                        || upload.failure().isPresent()
                        || connection.backoff().isLast(attempt)) {
                    throw e;
                }
            }
            connection.backoff().await(attempt);
        }
    }

    private boolean storeOnce(Upload upload, Optional<String> mountFrom, String what) throws IOException {
        Descriptor blob = upload.blob();
        Scope scope = Scope.push(connection.repository());
        String digest = URLEncoder.encode(blob.digest().toString(), StandardCharsets.UTF_8);
        String mount = mountFrom
                .map(from -> "?mount=" + digest + "&from=" + URLEncoder.encode(from, StandardCharsets.UTF_8))
                .orElse("");
        Call start = Call.of("POST", connection.uri("blobs/uploads/" + mount));
        HttpResponse<InputStream> started =
                connection.exchange(start, mountFrom.map(scope::andPull).orElse(scope));
        if (started.statusCode() == 201) {
            started.body().close();
            return false;
        }
        String location = started.headers().firstValue("Location").orElse("");
        if (started.statusCode() != 202 || location.isEmpty()) {
            throw connection.unexpected(what, started);
        }
        started.body().close();
        URI target = HttpSender.target(start.uri(), location);
        String separator = target.getRawQuery() == null ? "?" : "&";
        Call put = Call.of("PUT", URI.create(target + separator + "digest=" + digest))
                .with("Content-Type", "application/octet-stream")
                .with(new Call.Body(blob.size(), upload));
        HttpResponse<InputStream> stored = connection.exchange(put, scope);
        if (stored.statusCode() / 100 != 2) {
            throw connection.unexpected(what, stored);
        }
        stored.body().close();
        return true;
    }
}
