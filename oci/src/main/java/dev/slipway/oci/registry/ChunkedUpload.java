package dev.slipway.oci.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a blob piece by piece. When the connection breaks, the registry is asked how much it has, and the rest follows (OCI
 * distribution specification, "Pushing a blob in chunks").
 */
final class ChunkedUpload {

    /** How large a piece is, in bytes: it is held in memory. */
    static final int SIZE = 8 << 20;

    private static final int MAX_SIZE = 64 << 20;
    private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 411, 413, 415, 501);
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

    private final Connection connection;
    private final Scope scope;
    private final Upload upload;
    private final String what;

    @SuppressWarnings("NullAway.Init") // The upload begins at one, before any piece of it is sent.
    private URI place;

    /** How much of the blob the registry has. */
    private long stored;

    ChunkedUpload(Connection connection, Scope scope, Upload upload, String what) {
        this.connection = connection;
        this.scope = scope;
        this.upload = upload;
        this.what = what;
    }

    /** The registry does not take pieces. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        Refused() {
            super("the registry takes no pieces of blobs");
        }
    }

    /**
     * How large pieces are: no smaller than the registry wants them.
     *
     * @param started the answer that began the upload
     * @throws Refused if they would be too large for this machine
     */
    static int size(HttpResponse<?> started) throws Refused {
        long least = started.headers().firstValueAsLong("OCI-Chunk-Min-Length").orElse(0);
        if (least > MAX_SIZE) {
            throw new Refused();
        }
        return (int) Math.max(least, SIZE);
    }

    /**
     * Sends all of the blob.
     *
     * @param start where the registry wants the first piece
     * @return where the upload is ended
     * @throws Refused if the registry takes no pieces
     */
    URI send(URI start, int size) throws IOException {
        place = start;
        byte[] piece = new byte[(int) Math.min(size, upload.blob().size())];
        try (InputStream in = upload.open()) {
            long position = 0;
            for (int n = in.readNBytes(piece, 0, piece.length); n > 0; n = in.readNBytes(piece, 0, piece.length)) {
                send(piece, position, position + n);
                position += n;
            }
        }
        return place;
    }

    /** Sends what the registry lacks of a piece, which reaches from one position of the blob to another. */
    private void send(byte[] piece, long from, long to) throws IOException {
        for (int attempt = 0; stored < to; ) {
            int offset = (int) (stored - from);
            int length = (int) (to - stored);
            Call patch = Call.of("PATCH", place)
                    .with("Content-Type", "application/octet-stream")
                    .with("Content-Range", stored + "-" + (to - 1))
                    .with(new Call.Body(length, () -> new ByteArrayInputStream(piece, offset, length)));
            try {
                HttpResponse<InputStream> response = connection.exchange(patch, scope);
                if (response.statusCode() / 100 == 2) {
                    response.body().close();
                    moveOn(response);
                    stored = to;
                    continue;
                }
                if (REFUSALS.contains(response.statusCode()) && stored == 0) {
                    response.body().close();
                    throw new Refused();
                }
                throw connection.unexpected(what, response);
            } catch (Refused e) {
                throw e;
            } catch (IOException e) {
                if (!Backoff.isPassing(e) || connection.backoff().isLast(attempt)) {
                    throw e;
                }
            }
            connection.backoff().await(attempt++);
            stored = ask(from, to);
        }
    }

    /** How much the registry has of the blob. */
    private long ask(long from, long to) throws IOException {
        HttpResponse<InputStream> response = connection.exchange(Call.of("GET", place), scope);
        response.body().close();
        Matcher range = RANGE.matcher(response.headers().firstValue("Range").orElse(""));
        if (response.statusCode() / 100 == 2 && range.matches()) {
            moveOn(response);
            // Some say 0-0 when they have nothing, so that one byte is as good as none.
            long last = Long.parseLong(range.group(1));
            long count = last == 0 ? 0 : last + 1;
            if (count >= from && count <= to) {
                return count;
            }
        }
        // Nothing is lost but time: the upload is begun anew.
        throw new IOException("the registry has lost a part of " + upload.blob().digest());
    }

    private void moveOn(HttpResponse<?> response) throws IOException {
        String location = response.headers().firstValue("Location").orElse("");
        if (!location.isEmpty()) {
            place = HttpSender.target(response.uri(), location);
        }
    }
}
