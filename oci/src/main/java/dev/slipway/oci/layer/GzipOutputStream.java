package dev.slipway.oci.layer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes gzip, compressing several blocks at once. The blocks are joined in one gzip member, each with the end of the one
 * before as its dictionary, as pigz does. Where they are cut depends on nothing but the content, so the bytes are the same
 * whatever the number of threads.
 */
final class GzipOutputStream extends OutputStream {

    private static final int BLOCK = 128 << 10;
    /** As far back as deflate can refer. */
    static final int DICTIONARY = 32 << 10;

    private static final int UNKNOWN_SYSTEM = 255;

    private final OutputStream out;
    private final int level;
    private final int maxPending = 2 * CompressionThreads.COUNT;
    private final Deque<Future<byte[]>> pending = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<BlockDeflater> idle = new ConcurrentLinkedQueue<>();
    private final CRC32 crc = new CRC32();
    private long count;
    /** The current block, from {@code start} on, behind the end of the one before. */
    private byte[] data = new byte[BLOCK];

    private int start;
    private int end;
    private boolean closed;

    GzipOutputStream(OutputStream out, int level) throws IOException {
        this.out = out;
        this.level = level;
        int hint = level == Deflater.BEST_COMPRESSION ? 2 : level == Deflater.BEST_SPEED ? 4 : 0;
        out.write(new byte[] {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, (byte) hint, (byte) UNKNOWN_SYSTEM});
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        int rest = count;
        while (rest > 0) {
            if (end == data.length) {
                submit(false);
            }
            int n = Math.min(rest, data.length - end);
            System.arraycopy(bytes, from, data, end, n);
            end += n;
            from += n;
            rest -= n;
        }
    }

    /** Ends the member and closes the stream below. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            submit(true);
            while (!pending.isEmpty()) {
                writeOldest();
            }
            writeNumber((int) crc.getValue());
            writeNumber((int) count);
        } finally {
            pending.forEach(task -> task.cancel(true));
            idle.forEach(BlockDeflater::close);
        }
    }

    private void submit(boolean last) throws IOException {
        byte[] input = data;
        int from = start;
        int to = end;
        crc.update(input, from, to - from);
        count += to - from;
        FutureTask<byte[]> task = new FutureTask<>(() -> compress(input, from, to, last));
        if (last && pending.isEmpty()) {
            // A short layer is not worth a thread.
            task.run();
        } else {
            CompressionThreads.run(task);
        }
        pending.add(task);
        if (!last) {
            data = new byte[DICTIONARY + BLOCK];
            System.arraycopy(input, to - DICTIONARY, data, 0, DICTIONARY);
            start = DICTIONARY;
            end = DICTIONARY;
            if (pending.size() >= maxPending) {
                writeOldest();
            }
        }
    }

    private byte[] compress(byte[] input, int from, int to, boolean last) {
        BlockDeflater deflater = idle.poll();
        if (deflater == null) {
            deflater = new BlockDeflater(level);
        }
        byte[] output = deflater.deflate(input, from, to, last);
        idle.add(deflater);
        return output;
    }

    private void writeOldest() throws IOException {
        try {
            out.write(pending.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("compressing was interrupted");
        } catch (ExecutionException e) {
            throw new IOException("compressing failed", e.getCause());
        }
    }

    private void writeNumber(int number) throws IOException {
        out.write(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16), (byte) (number >> 24)});
    }
}
