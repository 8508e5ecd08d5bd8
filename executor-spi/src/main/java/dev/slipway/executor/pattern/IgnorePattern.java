package dev.slipway.executor.pattern;

import dev.slipway.executor.text.SlashPath;
import org.jspecify.annotations.Nullable;

/** One pattern. Most are plain text, or such with {@code **} at one end: those need no automaton. */
final class IgnorePattern {

    private enum Form {
        EXACT,
        PREFIX,
        SUFFIX,
        AUTOMATON
    }

    private final String text;
    private final boolean exception;
    private final Form form;
    private final @Nullable PathAutomaton automaton;

    private IgnorePattern(String text, boolean exception) {
        this.text = text;
        this.exception = exception;
        this.form = formOf(text);
        this.automaton = form == Form.AUTOMATON ? automatonOf(text) : null;
    }

    static IgnorePattern parse(String pattern) {
        String clean = SlashPath.clean(pattern);
        boolean exception = clean.startsWith("!");
        String text = exception ? clean.substring(1) : clean;
        if (text.isEmpty()) {
            throw new PatternException("illegal exclusion pattern: \"!\"");
        }
        PatternSyntax.check(text);
        return new IgnorePattern(text, exception);
    }

    boolean exception() {
        return exception;
    }

    boolean matches(String path) {
        return switch (form) {
            case EXACT -> path.equals(text);
            case PREFIX -> path.startsWith(text.substring(0, text.length() - 2));
            case SUFFIX -> matchesSuffix(path, text.substring(2));
            case AUTOMATON -> matchesAutomaton(path);
        };
    }

    /** That a pattern makes no regular expression shows only when it is used, as in Docker's tools. */
    private boolean matchesAutomaton(String path) {
        if (automaton == null) {
            throw PatternSyntax.bad();
        }
        return automaton.matches(path);
    }

    private static @Nullable PathAutomaton automatonOf(String text) {
        try {
            return PatternCompiler.compile(text);
        } catch (PatternException e) {
            return null;
        }
    }

    /** {@code **}{@code /x} matches x itself, too. */
    private static boolean matchesSuffix(String path, String suffix) {
        return path.endsWith(suffix) || suffix.startsWith("/") && path.equals(suffix.substring(1));
    }

    private static Form formOf(String text) {
        int special = 0;
        while (special < text.length() && "*?[]\\".indexOf(text.charAt(special)) < 0) {
            special++;
        }
        if (special == text.length()) {
            return Form.EXACT;
        }
        if (!text.startsWith("**", special)) {
            return Form.AUTOMATON;
        }
        boolean endsHere = special + 2 == text.length();
        if (special > 0) {
            return endsHere ? Form.PREFIX : Form.AUTOMATON;
        }
        boolean plain = text.chars().skip(2).noneMatch(c -> "*?[]\\".indexOf(c) >= 0);
        return plain ? Form.SUFFIX : Form.AUTOMATON;
    }

    /** Whether a path below this folder could match, as far as the text before the first special character tells. */
    boolean mayMatchBelow(String folder) {
        int special = 0;
        while (special < text.length() && "*?[]\\^".indexOf(text.charAt(special)) < 0) {
            special++;
        }
        String fixed = text.substring(0, special);
        String below = folder + "/";
        return special < text.length()
                ? fixed.startsWith(below) || below.startsWith(fixed)
                : (fixed + "/").startsWith(below);
    }

    @Override
    public String toString() {
        return exception ? "!" + text : text;
    }
}
