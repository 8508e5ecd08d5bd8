package dev.slipway.parser.shell;

/** A place in a text, moving forward by code points. */
final class Cursor {

    static final int END = -1;

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
        // BuildKit's scanner drops a byte-order mark, and only at the very start.
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    int peek() {
        return at < text.length() ? text.codePointAt(at) : END;
    }

    int next() {
        int c = peek();
        if (c != END) {
            at += Character.charCount(c);
        }
        return c;
    }

    boolean atEnd() {
        return at >= text.length();
    }
}
