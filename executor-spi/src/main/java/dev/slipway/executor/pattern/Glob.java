package dev.slipway.executor.pattern;

/**
 * A wildcard pattern for whole paths, with the rules of Go's {@code filepath.Match}: {@code *} and {@code ?} match
 * characters other than {@code /}, {@code [a-z]} and {@code [^a-z]} match one character of a set, and {@code \} makes the next
 * character literal.
 */
public final class Glob {

    private static final int MAX_LENGTH = 64 << 10;

    private final String pattern;

    private Glob(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @throws PatternException if it is malformed, such as a set without an end
     */
    public static Glob of(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new PatternException("pattern is longer than " + MAX_LENGTH + " characters");
        }
        for (int at = 0; at < pattern.length(); ) {
            at = pattern.charAt(at) == '[' ? endOfSet(pattern, at) : endOfCharacter(pattern, at);
        }
        return new Glob(pattern);
    }

    /** Whether this text contains {@code *}, {@code ?} or {@code [} without a {@code \} before it. */
    public static boolean hasWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '*' || c == '?' || c == '[') {
                return true;
            }
        }
        return false;
    }

    /** Whether the pattern matches this whole path. */
    public boolean matches(String path) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = -1;
        while (in < path.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = ++at;
                retry = in;
                continue;
            }
            int next = at < pattern.length() ? step(at, path.codePointAt(in)) : -1;
            if (next >= 0) {
                at = next;
                in += Character.charCount(path.codePointAt(in));
            } else if (star >= 0 && path.charAt(retry) != '/') {
                // What stands before the last star has matched already, so only that star need take more.
                retry += Character.charCount(path.codePointAt(retry));
                at = star;
                in = retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Where the pattern goes on after it has taken this character, or -1 if it does not take it. */
    private int step(int at, int character) {
        char c = pattern.charAt(at);
        if (c == '[') {
            return character != '/' && inSet(at, character) ? endOfSet(pattern, at) : -1;
        }
        if (c == '?') {
            return character != '/' ? at + 1 : -1;
        }
        int literal = pattern.codePointAt(c == '\\' ? at + 1 : at);
        return literal == character ? endOfCharacter(pattern, at) : -1;
    }

    private boolean inSet(int start, int character) {
        int at = start + 1;
        boolean negated = pattern.charAt(at) == '^';
        if (negated) {
            at++;
        }
        boolean found = false;
        do {
            int low = literal(pattern, at);
            at = endOfCharacter(pattern, at);
            int high = low;
            if (pattern.charAt(at) == '-') {
                high = literal(pattern, at + 1);
                at = endOfCharacter(pattern, at + 1);
            }
            found |= low <= character && character <= high;
        } while (pattern.charAt(at) != ']');
        return found != negated;
    }

    private static int literal(String pattern, int at) {
        return pattern.codePointAt(pattern.charAt(at) == '\\' ? at + 1 : at);
    }

    private static int endOfCharacter(String pattern, int at) {
        int character = pattern.charAt(at) == '\\' ? at + 1 : at;
        if (character >= pattern.length()) {
            throw damaged();
        }
        return character + Character.charCount(pattern.codePointAt(character));
    }

    private static int endOfSet(String pattern, int start) {
        int at = start + 1;
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        do {
            at = endOfSetCharacter(pattern, at);
            if (at < pattern.length() && pattern.charAt(at) == '-') {
                at = endOfSetCharacter(pattern, at + 1);
            }
        } while (at < pattern.length() && pattern.charAt(at) != ']');
        if (at >= pattern.length()) {
            throw damaged();
        }
        return at + 1;
    }

    private static int endOfSetCharacter(String pattern, int at) {
        if (at >= pattern.length() || pattern.charAt(at) == '-' || pattern.charAt(at) == ']') {
            throw damaged();
        }
        return endOfCharacter(pattern, at);
    }

    private static PatternException damaged() {
        return new PatternException("syntax error in pattern");
    }

    @Override
    public String toString() {
        return pattern;
    }
}
