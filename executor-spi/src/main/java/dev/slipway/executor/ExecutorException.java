package dev.slipway.executor;

import dev.slipway.executor.text.UrlCredentials;

/**
 * A backend cannot do what it was asked for. The message is for the user: what is wrong and what to do; the caller adds the
 * place in the Dockerfile. Credentials of URLs in it are hidden; a cause must not hold any either.
 */
public class ExecutorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Something that nothing else was the reason of. */
    public ExecutorException(String message) {
        super(UrlCredentials.redact(message));
    }

    /** @param cause why; its message is not shown, so what a user needs of it belongs in this one */
    public ExecutorException(String message, Throwable cause) {
        super(UrlCredentials.redact(message), cause);
    }
}
