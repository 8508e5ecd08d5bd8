package dev.slipway.executor;

/**
 * A backend cannot do what it was asked for. The message is for the user: what is wrong and what to do; the caller adds the
 * place in the Dockerfile.
 */
public class ExecutorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ExecutorException(String message) {
        super(message);
    }

    public ExecutorException(String message, Throwable cause) {
        super(message, cause);
    }
}
