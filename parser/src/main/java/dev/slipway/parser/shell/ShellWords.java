package dev.slipway.parser.shell;

import java.util.List;
import java.util.Set;

/**
 * Expands text as a Dockerfile's instructions do: variables are replaced, quotes and escapes removed.
 *
 * <p>The language is a part of the POSIX shell's: {@code 'literal'}, {@code "with $variables"}, an escape character,
 * {@code $name}, {@code ${name}} and the modifiers {@code :- - :+ + :? ? # ## % %% / //}. Damaged UTF-8 comes out as
 * {@code U+FFFD}. Settings are immutable: each {@code keep...} method gives a reader that differs in one point.
 */
public final class ShellWords {

    private final Settings settings;

    private ShellWords(Settings settings) {
        this.settings = settings;
    }

    /** How a reader treats its text. */
    record Settings(char escape, boolean keepUnset, boolean keepQuotes, boolean keepEscapes, boolean ignoreQuotes) {}

    /** A reader of words in a Dockerfile with this escape character, {@code \} or {@code `}. */
    public static ShellWords of(char escape) {
        return new ShellWords(new Settings(escape, false, false, false, false));
    }

    /** Unset variables stay in the text as they were written, instead of vanishing. */
    public ShellWords keepUnset() {
        return new ShellWords(
                new Settings(settings.escape, true, settings.keepQuotes, settings.keepEscapes, settings.ignoreQuotes));
    }

    /** Quote characters stay in the text. They still quote. */
    public ShellWords keepQuotes() {
        return new ShellWords(
                new Settings(settings.escape, settings.keepUnset, true, settings.keepEscapes, settings.ignoreQuotes));
    }

    /** Escape characters stay in the text. They still escape. */
    public ShellWords keepEscapes() {
        return new ShellWords(
                new Settings(settings.escape, settings.keepUnset, settings.keepQuotes, true, settings.ignoreQuotes));
    }

    /** Quote characters are ordinary characters, as in the body of a heredoc. */
    public ShellWords ignoreQuotes() {
        return new ShellWords(
                new Settings(settings.escape, settings.keepUnset, settings.keepQuotes, settings.keepEscapes, true));
    }

    /**
     * Expands a text as one word, blanks included.
     *
     * @throws ExpansionException if a quote or brace is not closed, a substitution or pattern is invalid, a variable that
     *     must be set is not, or the result grows out of bounds
     */
    public Expansion expand(String text, Variables variables) {
        if (isPlain(text)) {
            return new Expansion(text, Set.of(), Set.of());
        }
        WordReader reader = new WordReader(text, settings, variables);
        return new Expansion(reader.readAll(), reader.matched(), reader.unmatched());
    }

    /**
     * Expands a text and splits it at blanks. Blanks that come from a variable split too, quoted ones don't; empty words
     * vanish.
     *
     * @throws ExpansionException as {@link #expand} does
     */
    public List<String> words(String text, Variables variables) {
        WordReader reader = new WordReader(text, settings, variables);
        reader.readAll();
        return reader.words();
    }

    /** Most words hold nothing to expand: this spares them the reader. */
    private boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '$'
                    || c == '\''
                    || c == '"'
                    || c == settings.escape
                    || c == '\uFEFF'
                    || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
