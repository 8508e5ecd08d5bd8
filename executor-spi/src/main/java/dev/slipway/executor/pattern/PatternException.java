package dev.slipway.executor.pattern;

/** A pattern is invalid. The message is the same as in Docker's tools. */
public final class PatternException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    PatternException(String message) {
        super(message);
    }
}
