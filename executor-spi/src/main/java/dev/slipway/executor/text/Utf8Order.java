package dev.slipway.executor.text;

import java.util.Comparator;

/**
 * Orders texts by their bytes in UTF-8, as Go sorts names and the keys of maps, and as layers list their files; {@link String}'s
 * own order differs beyond U+D7FF.
 */
public final class Utf8Order implements Comparator<String> {

    /** The order. */
    public static final Utf8Order INSTANCE = new Utf8Order();

    private Utf8Order() {}

    @Override
    public int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return rank(x) - rank(y);
            }
        }
        return a.length() - b.length();
    }

    /** Surrogates encode characters beyond all others. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
