package dev.slipway.executor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One pattern of a {@link PatternMatcher}.
 *
 * @param text the pattern, cleaned, without {@code !}
 * @param exception whether it began with {@code !}
 * @param kind how it is matched
 * @param regex what matches it, for {@link Kind#REGEX} alone
 */
record IgnorePattern(String text, boolean exception, Kind kind, Optional<Pattern> regex) {

    enum Kind {
        EXACT,
        PREFIX,
        SUFFIX,
        REGEX
    }

    /** Reads a pattern; a blank one is none. */
    static Optional<IgnorePattern> read(String line) {
        String trimmed = line.strip();
        if (trimmed.isEmpty()) {
            return Optional.empty();
        }
        String text = clean(trimmed);
        boolean exception = text.startsWith("!");
        if (text.equals("!")) {
            throw new IllegalArgumentException("illegal exclusion pattern: \"!\"");
        }
        if (exception) {
            text = text.substring(1);
        }
        Glob.of(text);
        return Optional.of(new IgnorePatternCompiler(text).compile(exception));
    }

    /** Go's {@code filepath.Clean}: no {@code .}, no empty parts, {@code ..} taken back where it can be. */
    private static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..")) {
                parts.addLast(part);
            } else if (!parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!rooted) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    boolean matches(String path) {
        return switch (kind) {
            case EXACT -> path.equals(text);
            case PREFIX -> path.startsWith(text.substring(0, text.length() - 2));
            case SUFFIX -> matchesSuffix(path, text.substring(2));
            case REGEX -> regex.orElseThrow().matcher(path).matches();
        };
    }

    /** {@code **}{@code /foo} matches {@code foo} too. */
    private static boolean matchesSuffix(String path, String suffix) {
        return path.endsWith(suffix) || (suffix.startsWith("/") && path.equals(suffix.substring(1)));
    }

    /** Whether a path below this folder could match. */
    boolean mayMatchBelow(String folder) {
        String fixed = text;
        for (int i = 0; i < text.length(); i++) {
            if ("*?[\\^".indexOf(text.charAt(i)) >= 0) {
                fixed = text.substring(0, i);
                break;
            }
        }
        String below = folder + "/";
        return fixed.length() < text.length()
                ? fixed.startsWith(below) || below.startsWith(fixed)
                : (fixed + "/").startsWith(below);
    }
}
