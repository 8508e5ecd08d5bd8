package dev.slipway.executor;

import dev.slipway.executor.IgnorePattern.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the cheapest way to match a pattern: most need no regular expression. */
final class IgnorePatternCompiler {

    private static final String LITERAL_IN_PATTERNS = ".+()|{}$";

    private final String text;
    private final StringBuilder regex = new StringBuilder();
    private Kind kind = Kind.EXACT;
    private int at;

    IgnorePatternCompiler(String text) {
        this.text = text;
    }

    IgnorePattern compile(boolean exception) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '*' && peek('*')) {
                doubleStar();
            } else if (c == '*') {
                wildcard("[^/]*");
            } else if (c == '?') {
                wildcard("[^/]");
            } else if (c == '[') {
                set();
            } else if (c == '\\') {
                kind = Kind.REGEX;
                literal(text.charAt(at++));
            } else {
                literal(c);
            }
        }
        Optional<Pattern> compiled =
                kind == Kind.REGEX ? Optional.of(Pattern.compile(regex.toString(), Pattern.DOTALL)) : Optional.empty();
        return new IgnorePattern(text, exception, kind, compiled);
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void wildcard(String expression) {
        regex.append(expression);
        kind = Kind.REGEX;
    }

    /** Any number of folders; at the end, everything below. */
    private void doubleStar() {
        boolean first = at == 1;
        at++;
        if (peek('/')) {
            at++;
        }
        if (at < text.length()) {
            wildcard("(?:.*/)?");
        } else if (kind == Kind.EXACT) {
            kind = Kind.PREFIX;
        } else {
            wildcard(".*");
        }
        if (first) {
            kind = Kind.SUFFIX;
        }
    }

    /** The set was checked before; Java knows more special characters in it than Go. */
    private void set() {
        kind = Kind.REGEX;
        regex.append('[');
        if (peek('^')) {
            regex.append(text.charAt(at++));
        }
        while (!peek(']')) {
            char c = text.charAt(at++);
            if (c == '-') {
                regex.append(c);
            } else {
                literal(c == '\\' ? text.charAt(at++) : c);
            }
        }
        at++;
        regex.append(']');
    }

    private void literal(char c) {
        boolean special = LITERAL_IN_PATTERNS.indexOf(c) >= 0 || "*?[]\\^&-~#".indexOf(c) >= 0;
        regex.append(special ? "\\" : "").append(c);
    }
}
