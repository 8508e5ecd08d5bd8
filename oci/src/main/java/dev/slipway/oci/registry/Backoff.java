package dev.slipway.oci.registry;

import dev.slipway.oci.InvalidImageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** How often, and when, a request is repeated: after 1, 2, 4 and 8 units, or when the server says. */
record Backoff(Duration unit) {

    static final Backoff SECONDS = new Backoff(Duration.ofSeconds(1));

    private static final int ATTEMPTS = 5;
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    boolean isLast(int attempt) {
        return attempt + 1 >= ATTEMPTS;
    }

    /** Whether a later request may get another answer. */
    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /** Whether a failure may be temporary. */
    static boolean isPassing(IOException failure) {
        if (failure instanceof RegistryException refused) {
            return isPassing(refused.status());
        }
        if (failure instanceof SSLException) {
            return isCut(failure);
        }
        return !(failure instanceof InterruptedIOException
                || failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof InvalidImageException);
    }

    /** Whether the connection broke, rather than the two ends disagreeing. */
    private static boolean isCut(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof SocketException) {
                return true;
            }
        }
        return false;
    }

    /** How long the server asks to wait, if it does: seconds or a date (RFC 9110, section 10.2.3). */
    static Optional<Duration> wish(HttpResponse<?> response) {
        return wish(response.headers().firstValue("Retry-After").orElse("").strip(), Instant.now());
    }

    static Optional<Duration> wish(String header, Instant now) {
        if (header.matches("\\d+")) {
            // More digits than this mean practically forever.
            return Optional.of(header.length() > 9 ? MAX_WAIT : Duration.ofSeconds(Long.parseLong(header)));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Waits before the next attempt. */
    void await(int attempt) throws IOException {
        await(attempt, Optional.empty());
    }

    /** Waits as long as the server asks, within reason, or else longer each time. */
    void await(int attempt, Optional<Duration> wish) throws IOException {
        sleep(time(attempt, wish));
    }

    Duration time(int attempt, Optional<Duration> wish) {
        Duration seconds = wish.orElse(Duration.ofSeconds(1L << attempt));
        return unit.multipliedBy(Math.min(seconds.toSeconds(), MAX_WAIT.toSeconds()));
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("waiting for the registry was interrupted");
        }
    }
}
