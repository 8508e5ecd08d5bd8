package dev.slipway.parser;

import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.shell.ShellWords;
import dev.slipway.parser.shell.Variables;
import dev.slipway.parser.tree.Heredoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds heredoc markers, such as {@code <<EOF} and {@code 3<<-"END"}. The escape character in them is always {@code \}. */
final class HeredocMarker {

    private static final ShellWords NAMES = ShellWords.of('\\').keepUnset();
    private static final ShellWords QUOTED_NAMES = NAMES.keepQuotes();
    private static final ShellWords CANDIDATES = QUOTED_NAMES.keepEscapes();

    private HeredocMarker() {}

    /**
     * The markers in a line, in order, as heredocs without content. A line that cannot be split into words has none.
     *
     * @throws Refusal if a word looks like a marker and its name can't be read
     */
    static List<Heredoc> findAll(String line) {
        List<String> words;
        try {
            words = CANDIDATES.words(line, Variables.none());
        } catch (ExpansionException e) {
            return List.of();
        }
        List<Heredoc> markers = new ArrayList<>();
        for (String word : words) {
            try {
                parse(word).ifPresent(markers::add);
            } catch (ExpansionException e) {
                throw new Refusal(e.getMessage());
            }
        }
        return markers;
    }

    /** Reads this word as a marker, if it is one. */
    static Optional<Heredoc> of(String word) {
        try {
            return parse(word);
        } catch (ExpansionException | Refusal e) {
            return Optional.empty();
        }
    }

    private static Optional<Heredoc> parse(String word) {
        int at = 0;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            at++;
        }
        if (!word.startsWith("<<", at)) {
            return Optional.empty();
        }
        String descriptor = word.substring(0, at);
        at += 2;
        boolean chomp = word.startsWith("-", at);
        at += chomp ? 1 : 0;
        while (at < word.length() && isBlank(word.charAt(at))) {
            at++;
        }
        String rest = word.substring(at);
        if (rest.isEmpty() || rest.indexOf('<') >= 0) {
            return Optional.empty();
        }
        List<String> names = NAMES.words(rest, Variables.none());
        if (names.size() != 1) {
            return Optional.empty();
        }
        List<String> quoted = QUOTED_NAMES.words(rest, Variables.none());
        if (quoted.size() != 1) {
            throw new Refusal("internal lexing of heredoc produced inconsistent results: " + rest);
        }
        String name = names.get(0);
        boolean expand = quotes(name) == quotes(quoted.get(0));
        return Optional.of(new Heredoc(name, "", expand, chomp, number(descriptor)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    private static long quotes(String text) {
        return text.chars().filter(c -> c == '"' || c == '\'').count();
    }

    /** The number, or the greatest one if it is out of range. */
    private static long number(String digits) {
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
