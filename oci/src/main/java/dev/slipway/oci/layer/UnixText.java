package dev.slipway.oci.layer;

import java.nio.charset.StandardCharsets;

/**
 * Names and link targets as text that loses nothing: UTF-8, except that a byte outside of any valid sequence becomes the lone
 * surrogate {@code U+DC00 + byte} and back.
 */
public final class UnixText {

    private static final char DAMAGED = '\uDC00';

    private UnixText() {}

    /** The text of these bytes. */
    public static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decodeByteWise(bytes);
    }

    /** The bytes of this text: the inverse of {@link #decode}. */
    public static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                at += 4;
            } else if (Character.isSurrogate(c)) {
                // The encoder wrote one '?' for it.
                bytes[at++] = (byte) c;
            } else {
                at += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }

    /** Whether every character of this text stands for valid UTF-8. */
    public static boolean isValid(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String decodeByteWise(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; ) {
            int length = sequenceLength(bytes[i] & 0xFF);
            String character = new String(bytes, i, Math.min(length, bytes.length - i), StandardCharsets.UTF_8);
            boolean valid = i + length <= bytes.length
                    && character.codePointCount(0, character.length()) == 1
                    && character.getBytes(StandardCharsets.UTF_8).length == length
                    && (character.charAt(0) != '\uFFFD' || isReplacementCharacter(bytes, i));
            text.append(valid ? character : String.valueOf((char) (DAMAGED + (bytes[i] & 0xFF))));
            i += valid ? length : 1;
        }
        return text.toString();
    }

    private static int sequenceLength(int lead) {
        return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    /** Whether the replacement character itself was written here. */
    private static boolean isReplacementCharacter(byte[] bytes, int i) {
        return bytes[i] == (byte) 0xEF && bytes[i + 1] == (byte) 0xBF && bytes[i + 2] == (byte) 0xBD;
    }
}
