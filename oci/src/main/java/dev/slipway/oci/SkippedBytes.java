package dev.slipway.oci;

import java.io.IOException;
import java.io.InputStream;

/** Skips by reading, for streams that have to see every byte. */
public final class SkippedBytes {

    private static final int BUFFER = 1 << 16;

    private SkippedBytes() {}

    /**
     * Reads and discards bytes.
     *
     * @param wanted how many; none if negative
     * @return how many were read
     */
    public static long read(InputStream in, long wanted) throws IOException {
        byte[] buffer = new byte[(int) Math.min(Math.max(wanted, 0), BUFFER)];
        long skipped = 0;
        while (skipped < wanted) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, wanted - skipped));
            if (n < 0) {
                break;
            }
            skipped += n;
        }
        return skipped;
    }
}
