package dev.slipway.parser.text;

/**
 * White space as BuildKit understands it: the characters with the Unicode property White_Space, which include the
 * no-break space. Neither {@link Character#isWhitespace} nor {@link String#strip} has this set.
 */
public final class Blanks {

    private Blanks() {}

    /** Whether this character is white space. */
    public static boolean isBlank(int c) {
        if (c <= ' ') {
            return c == ' ' || c >= '\t' && c <= '\r';
        }
        return c >= 0x85 && isBlankBeyondAscii(c);
    }

    /** The text without white space at either end. */
    public static String trim(String text) {
        int from = skip(text, 0);
        int to = text.length();
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** The index of the first character from here on that is not white space, or the length of the text. */
    public static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Whether this character separates words where only ASCII counts: tab, vertical tab, form feed, return, space. */
    public static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c >= 0x0B && c <= '\r';
    }

    private static boolean isBlankBeyondAscii(int c) {
        return switch (c) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }
}
