package dev.slipway.oci.registry;

import dev.slipway.executor.text.UrlCredentials;
import java.io.IOException;

/** A registry does not give or take what it was asked to. The message names the image and says what to do. */
public final class RegistryException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    RegistryException(String message, int status) {
        super(UrlCredentials.redact(message));
        this.status = status;
    }

    RegistryException(String message, Throwable cause) {
        super(UrlCredentials.redact(message), cause);
        this.status = 0;
    }

    /** The HTTP status of the answer, or 0 where there was none. */
    public int status() {
        return status;
    }

    /** Whether the registry was reached, but has no such image. */
    public boolean isNotFound() {
        return status == 404;
    }
}
