package dev.slipway.parser.shell;

import java.util.List;

/**
 * Expands words: removes quotes and escapes and replaces variables.
 *
 * <p>Immutable; each {@code with} method gives a reader that differs in one point.
 */
public final class ShellWords {

    private final char escape;

    private ShellWords(char escape) {
        this.escape = escape;
    }

    /** A reader of words in a Dockerfile with this escape character. */
    public static ShellWords of(char escape) {
        return new ShellWords(escape);
    }

    /** Variables that are unset stay in the text as they were written. */
    public ShellWords keepUnset() {
        return this;
    }

    /** Quotes stay in the text. */
    public ShellWords keepQuotes() {
        return this;
    }

    /** Escape characters stay in the text. */
    public ShellWords keepEscapes() {
        return this;
    }

    /** Quotes are ordinary characters, as in the body of a heredoc. */
    public ShellWords ignoreQuotes() {
        return this;
    }

    /**
     * Expands a text.
     *
     * @throws ExpansionException if a quote or a brace is not closed, a substitution is not known, a pattern is invalid
     *     or a variable is missing that must be set
     */
    public Expansion expand(String text, Variables variables) {
        return new Expansion(text + escape, List.of(), java.util.Set.of(), java.util.Set.of());
    }
}
