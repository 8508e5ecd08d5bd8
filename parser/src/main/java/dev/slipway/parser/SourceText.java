package dev.slipway.parser;

import java.util.Arrays;

/** The bytes of a Dockerfile, with its lines by number for excerpts in messages. */
public final class SourceText {

    private final byte[] bytes;
    private final int[] lineStarts;

    private SourceText(byte[] bytes, int[] lineStarts) {
        this.bytes = bytes;
        this.lineStarts = lineStarts;
    }

    /** The text of these bytes, which are copied. */
    public static SourceText of(byte[] bytes) {
        byte[] copy = bytes.clone();
        int[] starts = new int[Math.max(16, copy.length / 32)];
        int count = 0;
        for (int i = 0; i < copy.length; i++) {
            if (i == 0 || copy[i - 1] == '\n') {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i;
            }
        }
        return new SourceText(copy, Arrays.copyOf(starts, count));
    }

    /** A copy of the bytes, as they were given. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of lines. A last line without line end counts. */
    public int lineCount() {
        return lineStarts.length;
    }

    /**
     * The text of a line without its line end, and of the first one without byte-order mark.
     *
     * @param number counts from 1
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public String line(int number) {
        int from = lineStarts[number - 1];
        int to = number == lineStarts.length ? bytes.length : lineStarts[number];
        while (to > from && (bytes[to - 1] == '\n' || bytes[to - 1] == '\r')) {
            to--;
        }
        String line = LosslessUtf8.decode(bytes, from, to);
        return number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
    }
}
