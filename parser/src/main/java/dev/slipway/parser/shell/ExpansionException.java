package dev.slipway.parser.shell;

/** A word can't be expanded. The message is BuildKit's, {@code failed to process "WORD": } included. */
public final class ExpansionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpansionException(String message) {
        super(message);
    }
}
