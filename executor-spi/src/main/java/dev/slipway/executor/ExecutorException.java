package dev.slipway.executor;

import dev.slipway.executor.text.UrlCredentials;

/**
 * A backend cannot do what it was asked to do. The message is for the user and says what is wrong and what to do; the caller adds
 * the place in the Dockerfile. Credentials in URLs are hidden in the message; the cause must not contain any.
 */
public class ExecutorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure without a cause. */
    public ExecutorException(String message) {
        super(UrlCredentials.redact(message));
    }

    /** @param cause the cause; its message is not shown, so put everything that a user needs into {@code message} */
    public ExecutorException(String message, Throwable cause) {
        super(UrlCredentials.redact(message), cause);
    }
}
