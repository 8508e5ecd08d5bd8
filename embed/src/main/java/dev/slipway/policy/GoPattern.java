package dev.slipway.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions in Go's syntax. What Java writes differently is translated, and what Go does not have is refused, for a policy
 * that matched something else than BuildKit would let through what it forbids.
 */
final class GoPattern {

    /** Behind a backslash: classes, borders and control characters that mean the same in Java. */
    private static final String SAME = "afnrtdDsSwWbBAzpPxQE";

    private static final Pattern GROUP = Pattern.compile("\\(\\?(?:P?<(\\w+)>|[ims]*(?:-[ims]+)?[:)])");
    private static final Pattern CLASS_NAME = Pattern.compile("\\[:(\\^?)(\\w+):]");

    private final String text;
    private final StringBuilder java = new StringBuilder();
    private int at;

    private GoPattern(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if this is no expression of Go, or one that Java cannot say */
    static Pattern compile(String text) {
        try {
            return Pattern.compile(new GoPattern(text).translate(), Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("invalid regex \"" + text + "\": " + e.getDescription(), e);
        }
    }

    private String translate() {
        while (at < text.length()) {
            char next = text.charAt(at);
            switch (next) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> group();
                case '*', '+', '?', '}' -> repetition(next);
                default -> take(1);
            }
        }
        return java.toString();
    }

    private void take(int length) {
        java.append(text, at, at + length);
        at += length;
    }

    private void escape() {
        if (at + 1 == text.length()) {
            throw refused("it ends with a backslash");
        }
        char next = text.charAt(at + 1);
        if (next == 'v') {
            java.append("\\x0B"); // In Java \v is any kind of vertical space.
            at += 2;
        } else if (next == 'Q') {
            int end = text.indexOf("\\E", at);
            take((end < 0 ? text.length() : end + 2) - at);
        } else if (Character.isLetterOrDigit(next) && SAME.indexOf(next) < 0) {
            throw refused("there is no \\" + next);
        } else if ("pPx".indexOf(next) >= 0 && text.startsWith("{", at + 2)) {
            int end = text.indexOf('}', at);
            take((end < 0 ? text.length() : end + 1) - at);
        } else {
            take(2);
        }
    }

    private void group() {
        if (!text.startsWith("(?", at)) {
            take(1);
            return;
        }
        Matcher found = GROUP.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
            throw refused("a group cannot begin with " + text.substring(at, Math.min(text.length(), at + 4)));
        }
        if (found.group(1) == null) {
            take(found.end() - at);
        } else {
            java.append("(?<").append(found.group(1)).append('>');
            at = found.end();
        }
    }

    /** One repetition cannot follow another, but a question mark, which makes it a short one. */
    private void repetition(char sign) {
        take(1);
        if (at < text.length() && text.charAt(at) == '?') {
            take(1);
        } else if (at < text.length() && text.charAt(at) == '+' && sign != '}') {
            throw refused("nothing can be repeated twice");
        } else if (at < text.length() && text.charAt(at) == '+') {
            throw refused("nothing can be repeated twice, and a } stands as \\}");
        }
    }

    /** In Java a bracket or && inside of a class begins another class. */
    private void characterClass() {
        take(1);
        if (at < text.length() && text.charAt(at) == '^') {
            take(1);
        }
        boolean first = true;
        while (at < text.length() && (first || text.charAt(at) != ']')) {
            char next = text.charAt(at);
            Matcher name = CLASS_NAME.matcher(text).region(at, text.length());
            if (next == '\\') {
                escape();
            } else if (name.lookingAt()) {
                java.append(name.group(1).isEmpty() ? "\\p{" : "\\P{")
                        .append(className(name.group(2)))
                        .append('}');
                at = name.end();
            } else {
                java.append("[]&^".indexOf(next) < 0 ? "" : "\\");
                take(1);
            }
            first = false;
        }
        if (at == text.length()) {
            throw refused("a class has no closing bracket");
        }
        take(1);
    }

    private String className(String name) {
        return switch (name) {
            case "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper" ->
                Character.toUpperCase(name.charAt(0)) + name.substring(1);
            case "ascii" -> "ASCII";
            case "xdigit" -> "XDigit";
            default -> throw refused("there is no class [:" + name + ":]");
        };
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("invalid regex \"" + text + "\": " + reason);
    }
}
