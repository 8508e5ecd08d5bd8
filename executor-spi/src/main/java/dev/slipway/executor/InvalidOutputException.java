package dev.slipway.executor;

/** An output has an unknown or invalid option. The message says which one and what it could be. */
public final class InvalidOutputException extends ExecutorException {

    private static final long serialVersionUID = 1;

    /** @param message names the output, the option and what could be written instead */
    public InvalidOutputException(String message) {
        super(message);
    }

    /** @param message names the output, the option and what could be written instead */
    public InvalidOutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
