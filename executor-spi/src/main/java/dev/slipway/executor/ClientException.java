package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

/**
 * Code of the program that builds has failed: a source of a secret, a listener, a file system that holds a context. What it threw
 * is the cause.
 */
public final class ClientException extends ExecutorException {

    private static final long serialVersionUID = 1;

    /**
     * @param what could not be done because of it, such as {@code cannot read the secret token}
     * @param cause what that code threw
     */
    public ClientException(String what, Throwable cause) {
        super(what + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = requireNonNull(cause, "cause is null").getMessage();
        return message == null || message.isEmpty() ? "" : ": " + message;
    }
}
