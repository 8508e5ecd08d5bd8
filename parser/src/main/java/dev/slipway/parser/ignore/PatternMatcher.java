package dev.slipway.parser.ignore;

import dev.slipway.parser.text.Blanks;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which paths a list of patterns ignores.
 *
 * <p>The last pattern that matches counts, and one that starts with {@code !} takes paths back in. A pattern matches a
 * path and everything below it. {@code *} and {@code ?} stand for anything but slashes, {@code **} for any number of
 * folders, {@code [...]} for a set of characters, and a backslash takes the next character literally.
 */
public final class PatternMatcher {

    private final List<IgnorePattern> patterns;

    private PatternMatcher(List<IgnorePattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * A matcher of these patterns, in this order. Blank ones are left out.
     *
     * @throws PatternException if one is invalid
     */
    public static PatternMatcher of(List<String> patterns) {
        List<IgnorePattern> parsed = new ArrayList<>();
        for (String pattern : patterns) {
            String trimmed = Blanks.trim(pattern);
            if (!trimmed.isEmpty()) {
                parsed.add(IgnorePattern.parse(trimmed));
            }
        }
        return new PatternMatcher(List.copyOf(parsed));
    }

    /** The patterns as they are applied: cleaned, and with the {@code !} of those that take paths back in. */
    public List<String> patterns() {
        return patterns.stream().map(IgnorePattern::toString).toList();
    }

    /** Whether any pattern takes paths back in. */
    public boolean hasExceptions() {
        return patterns.stream().anyMatch(IgnorePattern::exception);
    }

    /**
     * Whether this path is ignored, itself or with a folder above it.
     *
     * @param path relative to the root of the context, with slashes
     * @throws PatternException if a pattern can't be understood after all
     */
    public boolean matches(String path) {
        boolean matched = false;
        for (IgnorePattern pattern : patterns) {
            // One that could only repeat what is already decided need not be asked.
            if (pattern.exception() == matched && (pattern.matches(path) || matchesParent(pattern, path))) {
                matched = !matched;
            }
        }
        return matched;
    }

    private static boolean matchesParent(IgnorePattern pattern, String path) {
        String parent = CleanPath.parentOf(path);
        if (parent.equals(".")) {
            return false;
        }
        for (int slash = parent.indexOf('/'); slash >= 0; slash = parent.indexOf('/', slash + 1)) {
            if (pattern.matches(parent.substring(0, slash))) {
                return true;
            }
        }
        return pattern.matches(parent);
    }
}
