package dev.slipway.parser.ignore;

/** What Go's {@code filepath.Match} finds wrong with patterns. */
final class PatternSyntax {

    private final String pattern;
    private int at;

    private PatternSyntax(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Checks a pattern.
     *
     * @throws PatternException if a set of characters or an escape is incomplete
     */
    static void check(String pattern) {
        PatternSyntax syntax = new PatternSyntax(pattern);
        while (syntax.at < pattern.length()) {
            char c = pattern.charAt(syntax.at++);
            if (c == '[') {
                syntax.set();
            } else if (c == '\\' && syntax.at++ == pattern.length()) {
                throw bad();
            }
        }
    }

    private void set() {
        if (pattern.startsWith("^", at)) {
            at++;
        }
        do {
            member();
            if (pattern.charAt(at) == '-') {
                at++;
                member();
            }
        } while (pattern.charAt(at) != ']');
        at++;
    }

    /** A character of a set, which something must follow. */
    private void member() {
        if (at < pattern.length() && "-]".indexOf(pattern.charAt(at)) >= 0) {
            throw bad();
        }
        at += pattern.startsWith("\\", at) ? 2 : 1;
        if (at >= pattern.length()) {
            throw bad();
        }
    }

    static PatternException bad() {
        return new PatternException("syntax error in pattern");
    }
}
