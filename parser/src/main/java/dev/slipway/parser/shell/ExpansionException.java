package dev.slipway.parser.shell;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** A word can't be expanded. The message is BuildKit's, {@code failed to process "WORD": } included. */
public final class ExpansionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Set<String> unmatched;

    ExpansionException(String message) {
        this(message, Set.of());
    }

    ExpansionException(String message, Set<String> unmatched) {
        super(message);
        this.unmatched = unmatched;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    /** The variables that were looked up and are unset, up to the place of the failure. */
    public Set<String> unmatched() {
        return unmatched;
    }
}
