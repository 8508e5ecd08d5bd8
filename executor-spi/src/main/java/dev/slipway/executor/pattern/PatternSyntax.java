package dev.slipway.executor.pattern;

/**
 * What Go's {@code filepath.Match} finds wrong with a pattern when it is matched with a dot, which is how Docker's tools
 * check patterns. It looks at the parts between stars one by one and stops at the first that does not match: mistakes behind
 * that go unseen.
 */
final class PatternSyntax {

    private final String pattern;
    private int at;
    private boolean failed;
    private String left = ".";

    private PatternSyntax(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Checks a pattern.
     *
     * @throws PatternException if a set of characters or an escape is seen to be incomplete
     */
    static void check(String pattern) {
        PatternSyntax syntax = new PatternSyntax(pattern);
        while (syntax.at < pattern.length() && !syntax.failed) {
            syntax.readPart();
        }
    }

    static PatternException bad() {
        return new PatternException("syntax error in pattern");
    }

    private void readPart() {
        int start = at;
        while (pattern.startsWith("*", at)) {
            at++;
        }
        boolean star = at > start;
        int from = at;
        int to = endOfPart();
        if (star && from == to) {
            return;
        }
        String name = left;
        match(from, to, name);
        boolean last = to == pattern.length();
        if ((failed || last && !left.isEmpty()) && star && !name.isEmpty()) {
            match(from, to, "");
        } else if (last && !left.isEmpty()) {
            failed = true;
        }
    }

    private int endOfPart() {
        boolean inSet = false;
        for (int i = at; i < pattern.length(); i++) {
            switch (pattern.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inSet = true;
                case ']' -> inSet = false;
                case '*' -> {
                    if (!inSet) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return pattern.length();
    }

    /** Reads a part to its end, and says in passing whether the name starts with what it stands for. */
    private void match(int from, int to, String name) {
        at = from;
        left = name;
        failed = false;
        while (at < to) {
            boolean none = left.isEmpty();
            char c = pattern.charAt(at++);
            boolean matches;
            if (c == '[') {
                matches = set(to);
            } else if (c == '?') {
                matches = true;
            } else {
                if (c == '\\' && at == to) {
                    throw bad();
                }
                matches = (c == '\\' ? pattern.charAt(at++) : c) == '.';
            }
            failed |= none || !matches;
            left = "";
        }
    }

    /** Reads a set of characters; says whether a dot is one of them. */
    private boolean set(int to) {
        boolean negated = at < to && pattern.charAt(at) == '^';
        at += negated ? 1 : 0;
        boolean contained = false;
        do {
            int low = member(to);
            int high = low;
            if (pattern.charAt(at) == '-') {
                at++;
                high = member(to);
            }
            contained |= low <= '.' && '.' <= high;
        } while (pattern.charAt(at) != ']');
        at++;
        return contained != negated;
    }

    /** A character of a set, which something must follow. */
    private int member(int to) {
        if (at >= to || pattern.charAt(at) == '-' || pattern.charAt(at) == ']') {
            throw bad();
        }
        at += pattern.charAt(at) == '\\' ? 1 : 0;
        if (at >= to) {
            throw bad();
        }
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        if (at >= to) {
            throw bad();
        }
        return c;
    }
}
