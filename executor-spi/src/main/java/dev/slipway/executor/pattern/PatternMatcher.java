package dev.slipway.executor.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A list of patterns in the syntax of {@code .dockerignore}. A path is selected if the last pattern that matches it, or one of the
 * folders above it, does not begin with {@code !}.
 *
 * <p>Paths are relative, clean and use {@code /}. The rules are those of moby's pattern matcher.
 */
public final class PatternMatcher {

    private final List<IgnorePattern> patterns;
    private final boolean exceptions;

    private PatternMatcher(List<IgnorePattern> patterns) {
        this.patterns = patterns;
        this.exceptions = patterns.stream().anyMatch(IgnorePattern::exception);
    }

    /**
     * Reads patterns; blank ones are ignored.
     *
     * @throws PatternException if one is invalid
     */
    public static PatternMatcher of(List<String> patterns) {
        List<IgnorePattern> read = new ArrayList<>();
        for (String pattern : patterns) {
            String trimmed = trim(pattern);
            if (!trimmed.isEmpty()) {
                read.add(IgnorePattern.parse(trimmed));
            }
        }
        return new PatternMatcher(List.copyOf(read));
    }

    /** Unlike Java, Docker's tools take every kind of space for white space, the no-break one included. */
    private static String trim(String text) {
        return text.replaceAll("^[\\p{IsWhite_Space}]+|[\\p{IsWhite_Space}]+$", "");
    }

    /** The patterns as applied: cleaned, and with the {@code !} of exceptions. */
    public List<String> patterns() {
        return patterns.stream().map(IgnorePattern::toString).toList();
    }

    /** Whether there are no patterns. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether a pattern begins with {@code !}, so that a path below a selected folder may not be selected. */
    public boolean hasExceptions() {
        return exceptions;
    }

    /**
     * Whether this path is selected. Each pattern is compared with the path and all folders above it.
     *
     * @throws PatternException if a pattern turns out to be invalid
     */
    public boolean matches(String path) {
        boolean chosen = false;
        for (IgnorePattern pattern : patterns) {
            if (pattern.exception() == chosen && matchesPathOrFolder(pattern, path)) {
                chosen = !pattern.exception();
            }
        }
        return chosen;
    }

    private static boolean matchesPathOrFolder(IgnorePattern pattern, String path) {
        boolean matches = pattern.matches(path);
        for (int slash = path.indexOf('/'); slash > 0 && !matches; slash = path.indexOf('/', slash + 1)) {
            matches = pattern.matches(path.substring(0, slash));
        }
        return matches;
    }

    /**
     * Whether a path is selected, while walking down a tree. This differs from {@link #matches} if an exception matches a folder
     * that no earlier pattern has selected: then it does not apply to what is below.
     *
     * @param parent the result for its folder; {@link Match#NONE} for a path without a folder
     */
    public Match match(String path, Match parent) {
        BitSet matched = new BitSet(patterns.size());
        boolean chosen = false;
        for (int i = 0; i < patterns.size(); i++) {
            IgnorePattern pattern = patterns.get(i);
            // A pattern that cannot change the outcome is not asked, as in moby's matcher; what lies below inherits
            // that.
            if (parent.patterns.get(i) || (pattern.exception() == chosen && pattern.matches(path))) {
                matched.set(i);
                chosen = !pattern.exception();
            }
        }
        return new Match(chosen, matched);
    }

    /**
     * Whether anything below a folder can have a different result from the folder itself. If not, there is no need to walk it.
     *
     * @param chosen the result for the folder
     */
    public boolean mayChangeBelow(String folder, boolean chosen) {
        return patterns.stream().anyMatch(pattern -> pattern.exception() == chosen && pattern.mayMatchBelow(folder));
    }

    /** The result for a path. */
    public static final class Match {

        /** The result above all paths. */
        public static final Match NONE = new Match(false, new BitSet());

        private final boolean matches;
        private final BitSet patterns;

        private Match(boolean matches, BitSet patterns) {
            this.matches = matches;
            this.patterns = patterns;
        }

        /** Whether the path is selected. */
        public boolean matches() {
            return matches;
        }
    }
}
