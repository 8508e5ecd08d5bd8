package dev.slipway.parser.text;

import java.util.Optional;

/** Recognizes the encoding of a text that should be UTF-8: editors on Windows write others. */
public final class TextEncoding {

    /** How many characters are enough without a byte-order mark: no Dockerfile begins in a script other than Latin. */
    private static final int ENOUGH = 4;

    private TextEncoding() {}

    /** The name of the encoding, if it is plainly not UTF-8. */
    public static Optional<String> other(byte[] text) {
        if (begins(text, 0xff, 0xfe, 0, 0) || isWide(text, 4, 0)) {
            return Optional.of("UTF-32 (little-endian)");
        }
        if (begins(text, 0, 0, 0xfe, 0xff) || isWide(text, 4, 3)) {
            return Optional.of("UTF-32 (big-endian)");
        }
        if (begins(text, 0xff, 0xfe) || isWide(text, 2, 0)) {
            return Optional.of("UTF-16 (little-endian)");
        }
        if (begins(text, 0xfe, 0xff) || isWide(text, 2, 1)) {
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

    /** Whether the first characters have so many bytes, all of which are zero but one. */
    private static boolean isWide(byte[] text, int width, int position) {
        if (text.length < ENOUGH * width) {
            return false;
        }
        for (int i = 0; i < ENOUGH * width; i++) {
            boolean zero = text[i] == 0;
            if (zero == (i % width == position)) {
                return false;
            }
        }
        return true;
    }
}
