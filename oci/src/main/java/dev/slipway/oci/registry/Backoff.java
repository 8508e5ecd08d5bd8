package dev.slipway.oci.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLException;

/** How often, and how soon, something is tried again: after 1, 2, 4 and 8 units, or when the server says. */
record Backoff(Duration unit) {

    static final Backoff SECONDS = new Backoff(Duration.ofSeconds(1));

    private static final int ATTEMPTS = 5;
    private static final long MAX_WAIT_SECONDS = 60;
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    boolean isLast(int attempt) {
        return attempt + 1 >= ATTEMPTS;
    }

    /** Whether an answer may be another one after a while. */
    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /** Whether a failure may be gone after a while. */
    static boolean isPassing(IOException failure) {
        return !(failure instanceof InterruptedIOException
                || failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof SSLException
                || failure instanceof RegistryException);
    }

    void await(int attempt) throws IOException {
        sleep(unit.multipliedBy(1L << attempt));
    }

    /** Waits as long as the server says, within reason, or else as long as after a failure. */
    void await(int attempt, HttpResponse<?> response) throws IOException {
        String wish = response.headers().firstValue("Retry-After").orElse("");
        if (wish.matches("\\d{1,6}")) {
            sleep(unit.multipliedBy(Math.min(Long.parseLong(wish), MAX_WAIT_SECONDS)));
        } else {
            await(attempt);
        }
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
