package dev.slipway.frontend.context;

/** An ignore file can't be read. The message is the one of Docker's own tools. */
public final class IgnoreFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IgnoreFileException(String message) {
        super(message);
    }
}
