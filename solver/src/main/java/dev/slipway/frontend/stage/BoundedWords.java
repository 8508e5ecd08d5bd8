package dev.slipway.frontend.stage;

import dev.slipway.frontend.FrontendException;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.shell.ShellWords;
import dev.slipway.parser.shell.Variables;
import java.util.List;

/**
 * Reads the words of one Dockerfile, and limits how much it grows through variables that contain variables, and through
 * arguments and environments that every step repeats. Belongs to one conversion.
 */
final class BoundedWords {

    /** In characters: far more than any real build needs, and far less than fits into memory. */
    private static final long MOST_GROWTH = 1L << 28;

    /** BuildKit reads heredoc bodies with this escape character, whatever the Dockerfile's own is. */
    private static final ShellWords HEREDOCS = ShellWords.of('\\').ignoreQuotes();

    private final ShellWords words;
    private final ShellWords commands;
    private long growth;

    /** @param escape the escape character of the Dockerfile */
    BoundedWords(char escape) {
        words = ShellWords.of(escape);
        commands = words.keepQuotes().keepUnset();
    }

    /** Expands a word. */
    Expansion expand(String text, Variables variables) {
        return checked(text, words.expand(text, variables));
    }

    /** Expands a text into words. */
    List<String> split(String text, Variables variables) {
        List<String> split = words.words(text, variables);
        split.forEach(word -> grow(word.length()));
        return split;
    }

    /** Expands the body of a heredoc. */
    Expansion expandHeredoc(String text, Variables variables) {
        return checked(text, HEREDOCS.expand(text, variables));
    }

    /** Expands a command for display: quotes stay, and so do unset variables. */
    Expansion expandCommand(String text, Variables variables) {
        return checked(text, commands.expand(text, variables));
    }

    private Expansion checked(String text, Expansion expansion) {
        grow(expansion.text().length() - text.length());
        return expansion;
    }

    /**
     * Counts text that was not in the file.
     *
     * @throws FrontendException if there is too much of it
     */
    void grow(long characters) {
        growth += Math.max(0, characters);
        if (growth > MOST_GROWTH) {
            throw new FrontendException("the Dockerfile grows by more than " + MOST_GROWTH
                    + " characters; variables or arguments repeat each other");
        }
    }
}
