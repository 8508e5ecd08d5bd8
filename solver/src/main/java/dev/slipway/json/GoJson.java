package dev.slipway.json;

import java.util.Collection;
import java.util.Comparator;

/** Texts as Go's {@code encoding/json} writes them: also {@code < > &} and the Unicode line separators are escaped. */
public final class GoJson {

    /** The order in which Go writes map keys: that of their UTF-8 bytes, which is that of the code points. */
    public static final Comparator<String> KEY_ORDER = GoJson::compare;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private GoJson() {}

    /** A JSON string. A lone surrogate, which stands for bytes that are no UTF-8, becomes the replacement character. */
    public static String string(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        append(out, text);
        return out.toString();
    }

    /** A JSON array of strings. */
    public static String array(Collection<String> texts) {
        StringBuilder out = new StringBuilder("[");
        for (String text : texts) {
            if (out.length() > 1) {
                out.append(',');
            }
            append(out, text);
        }
        return out.append(']').toString();
    }

    private static void append(StringBuilder out, String text) {
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
                case '<', '>', '&', '\u2028', '\u2029' -> appendEscape(out, c);
                default -> {
                    if (c < ' ') {
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

    private static void appendEscape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[c >> shift & 15]);
        }
    }

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                // A surrogate stands for a code point above all others.
                boolean sameKind = Character.isSurrogate(left) == Character.isSurrogate(right);
                return sameKind ? Character.compare(left, right) : Character.isSurrogate(left) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
