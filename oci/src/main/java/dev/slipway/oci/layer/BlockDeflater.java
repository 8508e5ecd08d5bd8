package dev.slipway.oci.layer;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Deflates one block after the other, each on its own. Stretches that look like noise (images, archives, keys) are stored
 * uncompressed: deflating them would take most of the time of a layer, and gain nothing.
 */
final class BlockDeflater implements AutoCloseable {

    private static final int MAX_STORED = 0xFFFF;

    private final int level;
    private final Deflater deflater;
    private byte[] output = new byte[0];
    private int length;

    BlockDeflater(int level) {
        this.level = level;
        this.deflater = new Deflater(level, true);
    }

    /**
     * Deflates a block.
     *
     * @param data the block, behind as much of what comes before it as may serve as its dictionary
     * @param from where the block begins
     * @param to where it ends
     * @param last whether the stream ends with it; if not, the result ends on a whole byte
     */
    byte[] deflate(byte[] data, int from, int to, boolean last) {
        output = new byte[(to - from) / 2 + 64];
        length = 0;
        int at = from;
        boolean finished = false;
        for (Noise.Run run : Noise.runs(data, from, to)) {
            if (run.noise() && level != Deflater.NO_COMPRESSION) {
                store(data, at, run.end());
            } else {
                finished = last && run.end() == to;
                deflateRun(data, at, run.end(), finished);
            }
            at = run.end();
        }
        if (last && !finished) {
            deflateRun(data, to, to, true);
        }
        return Arrays.copyOf(output, length);
    }

    @Override
    public void close() {
        deflater.end();
    }

    private void deflateRun(byte[] data, int from, int to, boolean last) {
        deflater.reset();
        // Setting a dictionary takes time in proportion to its length, so a short stretch gets one that is not much
        // longer than itself.
        int dictionary = Math.min(from, Math.min(GzipOutputStream.DICTIONARY, 2 * (to - from)));
        if (dictionary > 0) {
            deflater.setDictionary(data, from - dictionary, dictionary);
        }
        deflater.setInput(data, from, to - from);
        if (last) {
            deflater.finish();
        }
        while (true) {
            int room = output.length - length;
            int n = deflater.deflate(output, length, room, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            length += n;
            if (last ? deflater.finished() : n < room) {
                return;
            }
            reserve(output.length);
        }
    }

    /** Stored blocks, which begin on a whole byte as the block before ends on one. */
    private void store(byte[] data, int from, int to) {
        for (int at = from; at < to; ) {
            int size = Math.min(to - at, MAX_STORED);
            reserve(size + 5);
            output[length++] = 0;
            output[length++] = (byte) size;
            output[length++] = (byte) (size >> 8);
            output[length++] = (byte) ~size;
            output[length++] = (byte) (~size >> 8);
            System.arraycopy(data, at, output, length, size);
            length += size;
            at += size;
        }
    }

    private void reserve(int size) {
        if (output.length - length < size) {
            output = Arrays.copyOf(output, Math.max(length + size, output.length * 3 / 2));
        }
    }
}
