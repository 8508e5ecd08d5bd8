package dev.slipway.oci.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** {@code /v2/NAME/blobs/uploads/}: stores one blob. */
final class UploadEndpoint {

    private static final int TOO_LARGE = 413;

    private final Connection connection;
    private final Upload upload;
    private final String what;
    private final Scope scope;

    /** How the next attempt sends the blob. Every registry supports a single piece, so that comes first. */
    private Way way = Way.WHOLE;

    private enum Way {
        WHOLE,
        /** In pieces: what the registry has received is kept when the connection breaks, and no request is too large. */
        IN_PIECES,
        /** The registry does not accept pieces. */
        WHOLE_ONLY
    }

    /**
     * @param upload the blob
     * @param what the image, for messages
     */
    UploadEndpoint(Connection connection, Upload upload, String what) {
        this.connection = connection;
        this.upload = upload;
        this.what = what;
        this.scope = Scope.push(connection.repository());
    }

    /**
     * Stores the blob: mounted from another repository of the registry if possible, else uploaded.
     *
     * @param mountFrom a repository that probably has the blob
     */
    void store(Optional<String> mountFrom) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Optional<Duration> wish = Optional.empty();
            try {
                storeOnce(mountFrom);
                return;
            } catch (ChunkedUpload.Refused e) {
                way = Way.WHOLE_ONLY;
            } catch (IOException e) {
                if (upload.failure().isPresent() || connection.backoff().isLast(attempt) || !isWorthAnother(e)) {
                    throw e;
                }
                wish = e instanceof RegistryException refused ? refused.retryAfter() : Optional.empty();
            }
            connection.backoff().await(attempt, wish);
        }
    }

    private boolean isWorthAnother(IOException failure) {
        boolean tooLarge = failure instanceof RegistryException refused && refused.status() == TOO_LARGE;
        boolean broken = !(failure instanceof RegistryException);
        if (way == Way.WHOLE && (tooLarge || broken) && upload.blob().size() > ChunkedUpload.SIZE) {
            way = Way.IN_PIECES;
            return tooLarge || Backoff.isPassing(failure);
        }
        return Backoff.isPassing(failure);
    }

    private void storeOnce(Optional<String> mountFrom) throws IOException {
        HttpResponse<InputStream> started = mountFrom.isPresent() ? mount(mountFrom.get()) : begin();
        if (started.statusCode() == 201) {
            return;
        }
        URI place = HttpSender.target(started.uri(), location(started));
        if (way == Way.IN_PIECES) {
            URI end = new ChunkedUpload(connection, scope, upload, what).send(place, ChunkedUpload.size(started));
            finish(Call.of("PUT", at(end)));
        } else {
            finish(Call.of("PUT", at(place))
                    .with("Content-Type", "application/octet-stream")
                    .with(new Call.Body(upload.blob().size(), upload)));
        }
    }

    /** A registry that may not or cannot mount begins an upload instead, or refuses. Then the blob is sent like any other. */
    private HttpResponse<InputStream> mount(String from) throws IOException {
        Call call = Call.of(
                "POST",
                connection.uri("blobs/uploads/?mount=" + digest() + "&from="
                        + URLEncoder.encode(from, StandardCharsets.UTF_8)));
        try {
            return begin(call, scope.andPull(from));
        } catch (RegistryException e) {
            if (Backoff.isPassing(e)) {
                throw e;
            }
            return begin();
        }
    }

    private HttpResponse<InputStream> begin() throws IOException {
        return begin(Call.of("POST", connection.uri("blobs/uploads/")), scope);
    }

    private HttpResponse<InputStream> begin(Call call, Scope needed) throws IOException {
        HttpResponse<InputStream> started = connection.exchange(call, needed);
        boolean mounted = started.statusCode() == 201;
        boolean begun = started.statusCode() == 202 && !location(started).isEmpty();
        if (!mounted && !begun) {
            throw connection.unexpected(what, started);
        }
        started.body().close();
        return started;
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    private URI at(URI place) {
        return URI.create(place + (place.getRawQuery() == null ? "?" : "&") + "digest=" + digest());
    }

    private String digest() {
        return URLEncoder.encode(upload.blob().digest().toString(), StandardCharsets.UTF_8);
    }

    private void finish(Call call) throws IOException {
        HttpResponse<InputStream> stored = connection.exchange(call, scope);
        if (stored.statusCode() / 100 != 2) {
            throw connection.unexpected(what, stored);
        }
        stored.body().close();
    }
}
