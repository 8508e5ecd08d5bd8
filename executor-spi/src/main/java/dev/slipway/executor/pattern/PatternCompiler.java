package dev.slipway.executor.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Makes an automaton of a pattern, in two steps as Docker's tools do: a regular expression, and what that means.
 *
 * <p>The detour gives some patterns an odd meaning, which is kept: {@code ^} only matches at the start of a path, a star or
 * question mark in a set is not what it seems, and {@code \d} is any digit.
 */
final class PatternCompiler {

    private static final String FOLDERS = "(.*/)?";
    private static final String ANYTHING = ".*";
    private static final IntPredicate NOT_LINE_FEED = c -> c != '\n';

    private final String expression;
    private int at;

    private PatternCompiler(String expression) {
        this.expression = expression;
    }

    /**
     * The automaton of a pattern.
     *
     * @throws PatternException if the regular expression is invalid
     */
    static PathAutomaton compile(String pattern) {
        return new PatternCompiler(expression(pattern)).automaton();
    }

    private static String expression(String pattern) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' && pattern.startsWith("*", i + 1)) {
                i += pattern.startsWith("/", i + 2) ? 2 : 1;
                out.append(i + 1 == pattern.length() ? ANYTHING : FOLDERS);
            } else if (c == '*') {
                out.append("[^/]*");
            } else if (c == '?') {
                out.append("[^/]");
            } else if (".+()|{}$".indexOf(c) >= 0) {
                out.append('\\').append(c);
            } else if (c == '\\') {
                // At the very end it escapes the dollar that should have been the end.
                out.append('\\').append(++i < pattern.length() ? pattern.substring(i, i + 1) : "");
            } else {
                out.append(c);
            }
        }
        return out.append('$').toString();
    }

    private PathAutomaton automaton() {
        PathAutomaton automaton = new PathAutomaton();
        while (at < expression.length()) {
            if (take(FOLDERS)) {
                automaton.addFolders(NOT_LINE_FEED);
            } else if (take(ANYTHING)) {
                automaton.addMany(NOT_LINE_FEED);
            } else if (take("^") || take("\\A")) {
                automaton.addPlace((before, after) -> before == PathAutomaton.NONE);
            } else if (take("$") || take("\\z")) {
                automaton.addPlace((before, after) -> after == PathAutomaton.NONE);
            } else if (take("\\b")) {
                automaton.addPlace((before, after) -> isWordPart(before) != isWordPart(after));
            } else if (take("\\B")) {
                automaton.addPlace((before, after) -> isWordPart(before) == isWordPart(after));
            } else {
                IntPredicate characters = take("[") ? set() : character();
                if (take("*")) {
                    automaton.addMany(characters);
                } else {
                    automaton.addOne(characters);
                }
            }
        }
        return automaton;
    }

    private IntPredicate set() {
        boolean negated = take("^");
        List<IntPredicate> members = new ArrayList<>();
        do {
            members.add(member());
        } while (!take("]"));
        return c -> negated != members.stream().anyMatch(member -> member.test(c));
    }

    private IntPredicate member() {
        int start = at;
        IntPredicate single = character();
        boolean named = expression.startsWith("\\", start) && "dDsSwW".indexOf(expression.charAt(start + 1)) >= 0;
        boolean range = !named && expression.startsWith("-", at) && !expression.startsWith("-]", at);
        if (!range) {
            return single;
        }
        int low = literal(start);
        int high = literal(++at);
        character();
        if (high < low) {
            throw PatternSyntax.bad();
        }
        return c -> low <= c && c <= high;
    }

    /** A character, or the class of characters that an escape stands for. */
    private IntPredicate character() {
        if (at >= expression.length()) {
            throw PatternSyntax.bad();
        }
        boolean escaped = take("\\");
        int c = expression.codePointAt(at);
        at += Character.charCount(c);
        if (!escaped || !Character.isLetterOrDigit(c)) {
            return other -> other == c;
        }
        return switch (c) {
            case 'd' -> PatternCompiler::isDigit;
            case 'D' -> other -> !isDigit(other);
            case 's' -> PatternCompiler::isBlank;
            case 'S' -> other -> !isBlank(other);
            case 'w' -> PatternCompiler::isWordPart;
            case 'W' -> other -> !isWordPart(other);
            default -> {
                int control = "abtnvfr".indexOf(c);
                if (control < 0 || c == 'b') {
                    throw PatternSyntax.bad();
                }
                yield other -> other == 0x07 + control;
            }
        };
    }

    /** The one character that stands, possibly escaped, at this place. */
    private int literal(int index) {
        int place = expression.startsWith("\\", index) ? index + 1 : index;
        if (place >= expression.length() || place > index && Character.isLetterOrDigit(expression.charAt(place))) {
            throw PatternSyntax.bad();
        }
        return expression.codePointAt(place);
    }

    private boolean take(String text) {
        boolean there = expression.startsWith(text, at);
        at += there ? text.length() : 0;
        return there;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c >= '\t' && c <= '\r' && c != 0x0B;
    }

    private static boolean isWordPart(int c) {
        return c == '_' || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
