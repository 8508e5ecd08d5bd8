package dev.slipway.parser.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 that loses nothing: a byte that belongs to no valid UTF-8 sequence becomes one lone low surrogate,
 * {@code U+DC00 + byte} (so {@code U+DC80} to {@code U+DCFF}), and goes back to that byte.
 *
 * <p>Valid UTF-8 never decodes to a lone surrogate, so the two can't be mistaken for each other. All text in this
 * module is in this form: a heredoc that is copied verbatim keeps its bytes, and a command line with a damaged
 * character can be refused instead of being silently changed. Each damaged byte is one character, as it is one
 * replacement character in the reference.
 */
public final class LosslessUtf8 {

    private LosslessUtf8() {}

    /** The text of these bytes. */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** The text of the bytes from one index (inclusive) to another (exclusive). */
    public static String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decodeSlowly(bytes, from, to);
    }

    /** The bytes of this text: the inverse of {@link #decode(byte[])}. */
    public static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (isValid(text)) {
            return bytes;
        }
        // A lone surrogate was encoded as one '?': its place is the only thing to correct.
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDamaged(text, i)) {
                bytes[at++] = (byte) c;
            } else if (Character.isHighSurrogate(c)) {
                at += 4;
                i++;
            } else {
                at += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }

    /** Whether the bytes behind this text are valid UTF-8. */
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (isDamaged(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The text with each damaged byte replaced by {@code U+FFFD}. */
    public static String repair(String text) {
        if (isValid(text)) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (isDamaged(text, i)) {
                repaired.setCharAt(i, '\uFFFD');
            } else if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
            }
        }
        return repaired.toString();
    }

    /** Compares two texts by their bytes, as Go does: unlike Java's order, it is the order of code points. */
    public static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(encode(a), encode(b));
    }

    private static boolean isDamaged(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c);
    }

    private static String decodeSlowly(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int length = sequenceLength(bytes, i, to);
            if (length == 0) {
                text.append((char) (0xDC00 + (bytes[i] & 0xFF)));
                i++;
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    /** The length of the valid sequence that starts here, or 0 if none does. */
    private static int sequenceLength(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
