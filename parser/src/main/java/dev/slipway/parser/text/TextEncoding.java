package dev.slipway.parser.text;

import java.util.Optional;

/** Tells in which encoding a text is that should be in UTF-8: editors of Windows write others. */
public final class TextEncoding {

    /** How many characters without a byte-order mark tell enough: nobody begins with a foreign script. */
    private static final int ENOUGH = 4;

    private TextEncoding() {}

    /** The name of the encoding, if it is plainly not UTF-8. */
    public static Optional<String> other(byte[] text) {
        if (begins(text, 0xff, 0xfe, 0, 0)) {
            return Optional.of("UTF-32 (little-endian)");
        }
        if (begins(text, 0, 0, 0xfe, 0xff)) {
            return Optional.of("UTF-32 (big-endian)");
        }
        if (begins(text, 0xff, 0xfe) || hasZeros(text, 1)) {
            return Optional.of("UTF-16 (little-endian)");
        }
        if (begins(text, 0xfe, 0xff) || hasZeros(text, 0)) {
            return Optional.of("UTF-16 (big-endian)");
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] text, int... mark) {
        boolean begins = text.length >= mark.length;
        for (int i = 0; begins && i < mark.length; i++) {
            begins = (text[i] & 0xff) == mark[i];
        }
        return begins;
    }

    /** Whether of the first pairs of bytes, this one is always zero and the other never. */
    private static boolean hasZeros(byte[] text, int position) {
        for (int i = 0; i < ENOUGH; i++) {
            int at = 2 * i;
            if (at + 1 >= text.length || text[at + position] != 0 || text[at + 1 - position] == 0) {
                return false;
            }
        }
        return true;
    }
}
