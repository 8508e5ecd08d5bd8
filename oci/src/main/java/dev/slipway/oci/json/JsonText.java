package dev.slipway.oci.json;

/** How strings are escaped. A lone surrogate, which stands for a byte that is not UTF-8, becomes the replacement character. */
enum JsonText {
    /** Only what has to be escaped. */
    PLAIN,

    /** Also {@code < > &} and the Unicode line separators, as Go's {@code encoding/json} does. */
    GO;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    void append(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isEscaped(c)) {
                        appendEscape(out, c);
                    } else if (!Character.isSurrogate(c)) {
                        out.append(c);
                    } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append("\\ufffd");
                    }
                }
            }
        }
        out.append('"');
    }

    private boolean isEscaped(char c) {
        return c < ' ' || this == GO && (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029');
    }

    private static void appendEscape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[c >> shift & 15]);
        }
    }
}
