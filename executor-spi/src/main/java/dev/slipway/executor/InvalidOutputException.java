package dev.slipway.executor;

/** An output has an option that is unknown or wrong, whatever is built. The message says which, and what it could be. */
public final class InvalidOutputException extends ExecutorException {

    private static final long serialVersionUID = 1;

    public InvalidOutputException(String message) {
        super(message);
    }

    public InvalidOutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
