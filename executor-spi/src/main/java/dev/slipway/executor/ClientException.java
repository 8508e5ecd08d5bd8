package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

/**
 * The caller's own code has failed: a source of a secret, a listener, or a file system that holds a context. The cause is what it
 * threw.
 */
public final class ClientException extends ExecutorException {

    private static final long serialVersionUID = 1;

    /**
     * @param what failed as a consequence, such as {@code cannot read the secret token}
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
