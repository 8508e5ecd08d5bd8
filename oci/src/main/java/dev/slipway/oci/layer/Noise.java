package dev.slipway.oci.layer;

import java.util.ArrayList;
import java.util.List;

/** Distinguishes data that cannot be compressed from data that may be, at a fraction of the cost of trying. */
final class Noise {

    /** Data is judged in pieces of this size; tar headers are as long. */
    private static final int PIECE = 512;

    /** A shorter stretch of noise is not worth separating. */
    private static final int SHORTEST = 4 * PIECE;

    /**
     * The sum of the squares of the byte counts of a piece is 1534 on average for random bytes, with a deviation of 45.
     * Base64 has 4600, text and programs have more.
     */
    private static final int MAX_SUM = 1750;

    private Noise() {}

    /** A stretch, which begins where the one before ends. */
    record Run(int end, boolean noise) {}

    /** Divides a part of the data into stretches that are noise, and stretches that are not. */
    static List<Run> runs(byte[] data, int from, int to) {
        List<Run> runs = new ArrayList<>();
        int start = from;
        for (int at = from; at < to; ) {
            int end = at;
            while (end + PIECE <= to && isNoise(data, end)) {
                end += PIECE;
            }
            if (end - at >= SHORTEST) {
                if (at > start) {
                    runs.add(new Run(at, false));
                }
                runs.add(new Run(end, true));
                start = end;
            }
            at = Math.max(end, at + PIECE);
        }
        if (start < to) {
            runs.add(new Run(to, false));
        }
        return runs;
    }

    private static boolean isNoise(byte[] data, int from) {
        int[] counts = new int[256];
        int sum = 0;
        for (int i = from; i < from + PIECE; i++) {
            // The difference of two squares: (n + 1)² - n².
            sum += 2 * counts[data[i] & 0xFF]++ + 1;
        }
        return sum <= MAX_SUM;
    }
}
