package dev.slipway.frontend.source;

import java.util.Collection;
import java.util.Comparator;

/** Lists of texts as JSON in an attribute, byte for byte as Go writes them: they are part of a digest. */
final class JsonStrings {

    /** The order of the UTF-8 bytes, which is that of the code points. */
    static final Comparator<String> BYTE_ORDER = JsonStrings::compare;

    private JsonStrings() {}

    /** A JSON array of these texts. */
    static String array(Collection<String> texts) {
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
                // Go escapes what HTML or JavaScript could misread.
                case '<', '>', '&', '\u2028', '\u2029' -> appendEscape(out, c);
                default -> {
                    if (c < ' ') {
                        appendEscape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void appendEscape(StringBuilder out, char c) {
        out.append(String.format("\\u%04x", (int) c));
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
