package dev.slipway.parser.ignore;

/** An ignore file or one of its patterns can't be read. The message is the one of Docker's own tools. */
public final class PatternException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PatternException(String message) {
        super(message);
    }
}
