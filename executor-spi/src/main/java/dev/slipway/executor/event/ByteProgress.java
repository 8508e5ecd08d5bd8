package dev.slipway.executor.event;

import static java.util.Objects.requireNonNull;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Counts the bytes of a part of a step, from any thread, and reports them to a monitor a few times a second.
 */
public final class ByteProgress {

    private static final long INTERVAL = Duration.ofMillis(100).toNanos();

    private final StepMonitor monitor;
    private final Activity activity;
    private final String part;
    private final long total;
    private long count;
    private long told;
    private long next;

    /**
     * Reports that a part begins.
     *
     * @param part such as a layer's digest
     * @param total all bytes, or 0 if unknown
     */
    public ByteProgress(StepMonitor monitor, Activity activity, String part, long total) {
        this.monitor = requireNonNull(monitor, "monitor is null");
        this.activity = requireNonNull(activity, "activity is null");
        this.part = requireNonNull(part, "part is null");
        this.total = total;
        this.next = System.nanoTime() + INTERVAL;
        monitor.progress(activity, part, 0, total);
    }

    /** Adds to the bytes done. */
    public synchronized void add(long bytes) {
        count += bytes;
        // Most calls end here, cheaply: nobody reads more than a few figures a second.
        if (count - told >= 1 << 14 && System.nanoTime() - next >= 0) {
            tell();
        }
    }

    private void tell() {
        told = count;
        next = System.nanoTime() + INTERVAL;
        monitor.progress(activity, part, count, total);
    }

    /** Reports that the part is done. */
    public synchronized void done() {
        monitor.progress(activity, part, count, total == 0 ? count : total);
    }

    /** A stream that counts the bytes written to another. Closing it leaves the other one open. */
    public OutputStream count(OutputStream stream) {
        return new FilterOutputStream(stream) {

            @Override
            public void write(int b) throws IOException {
                out.write(b);
                add(1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                add(length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** A stream that counts the bytes read from another. */
    public InputStream count(InputStream stream) {
        return new FilterInputStream(stream) {

            @Override
            public int read() throws IOException {
                int read = super.read();
                add(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                add(Math.max(0, read));
                return read;
            }
        };
    }
}
