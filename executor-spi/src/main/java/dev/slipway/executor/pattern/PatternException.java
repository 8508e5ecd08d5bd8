package dev.slipway.executor.pattern;

/** A pattern can't be understood. The message is the one of Docker's own tools. */
public final class PatternException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    PatternException(String message) {
        super(message);
    }
}
