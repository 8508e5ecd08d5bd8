package dev.slipway.oci.layer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
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
    private static final int DICTIONARY = 32 << 10;
    private static final int UNKNOWN_SYSTEM = 255;

    private final OutputStream out;
    private final int level;
    private final int maxPending = 2 * CompressionThreads.COUNT;
    private final Deque<Future<Compressed>> pending = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Deflater> idle = new ConcurrentLinkedQueue<>();
    private final CRC32 crc = new CRC32();
    private long count;
    private byte[] block = new byte[BLOCK];
    private int length;
    private byte[] dictionary = new byte[0];
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
            if (length == BLOCK) {
                submit(false);
            }
            int n = Math.min(rest, BLOCK - length);
            System.arraycopy(bytes, from, block, length, n);
            length += n;
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
            idle.forEach(Deflater::end);
        }
    }

    private void submit(boolean last) throws IOException {
        byte[] input = block;
        byte[] before = dictionary;
        int size = length;
        crc.update(input, 0, size);
        count += size;
        FutureTask<Compressed> task = new FutureTask<>(() -> compress(input, size, before, last));
        if (last && pending.isEmpty()) {
            // A short layer is not worth a thread.
            task.run();
        } else {
            CompressionThreads.run(task);
        }
        pending.add(task);
        if (!last) {
            dictionary = Arrays.copyOfRange(input, size - DICTIONARY, size);
            block = new byte[BLOCK];
            length = 0;
            if (pending.size() >= maxPending) {
                writeOldest();
            }
        }
    }

    private Compressed compress(byte[] input, int size, byte[] before, boolean last) {
        Deflater deflater = idle.poll();
        if (deflater == null) {
            deflater = new Deflater(level, true);
        }
        deflater.reset();
        if (before.length > 0) {
            deflater.setDictionary(before);
        }
        deflater.setInput(input, 0, size);
        if (last) {
            deflater.finish();
        }
        byte[] output = new byte[BLOCK / 2];
        int written = 0;
        while (true) {
            int n = deflater.deflate(
                    output, written, output.length - written, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            written += n;
            if (last ? deflater.finished() : written < output.length) {
                break;
            }
            output = Arrays.copyOf(output, 2 * output.length);
        }
        idle.add(deflater);
        return new Compressed(output, written);
    }

    private void writeOldest() throws IOException {
        try {
            Compressed compressed = pending.remove().get();
            out.write(compressed.bytes, 0, compressed.length);
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

    private record Compressed(byte[] bytes, int length) {}
}
