package dev.slipway.oci.registry;

import dev.slipway.executor.text.UrlCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry did not provide or accept something. The message names the image and says what to do. */
public final class RegistryException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable Duration wait;

    RegistryException(String message, int status) {
        this(message, status, Optional.empty());
    }

    /**
     * A refusal by the registry.
     *
     * @param wait how long to wait before trying again, if the registry says so
     */
    RegistryException(String message, int status, Optional<Duration> wait) {
        super(UrlCredentials.redact(message));
        this.status = status;
        this.wait = wait.orElse(null);
    }

    RegistryException(String message, Throwable cause) {
        super(UrlCredentials.redact(message), cause);
        this.status = 0;
        this.wait = null;
    }

    /** The HTTP status of the answer, or 0 if there was none. */
    public int status() {
        return status;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(wait);
    }

    /** Whether the registry was reached, but has no such image. */
    public boolean isNotFound() {
        return status == 404;
    }
}
