package dev.slipway.local.sandbox;

import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Passes on what a process writes to one of its streams, up to its limits. What is beyond them is not lost at once: the end of
 * it is kept, for the case that the process fails. Used by one thread.
 */
final class LogPump {

    private static final int TAIL = 256 << 10;
    private static final long SECOND = 1_000_000_000L;

    private final StepMonitor monitor;
    private final LogStream stream;
    private final LogLimits limits;
    private final LongSupplier clock;
    private final long started;

    private byte[] tail = {};
    private long size;
    private long held;
    private boolean clipping;
    private boolean warned;

    /** @param clock nanoseconds */
    LogPump(StepMonitor monitor, LogStream stream, LogLimits limits, LongSupplier clock) {
        this.monitor = monitor;
        this.stream = stream;
        this.limits = limits;
        this.clock = clock;
        this.started = clock.getAsLong();
    }

    /** Takes a piece of output. */
    void write(byte[] bytes, int length) {
        long bySpeed = limits.perSecond() < 0 ? Long.MAX_VALUE : seconds() * limits.perSecond();
        long bySize = limits.size() < 0 ? Long.MAX_VALUE : limits.size();
        int passed = (int) Math.max(0, Math.min(length, Math.min(bySpeed, bySize) - size));
        size += length;

        if (passed > 0) {
            monitor.log(stream, Arrays.copyOf(bytes, passed));
        }
        if (passed == length) {
            clipping = false;
            return;
        }
        hold(bytes, passed, length);
        if (!clipping) {
            clipping = true;
            String limit = bySpeed < bySize ? text(limits.perSecond()) + "/s" : text(limits.size());
            log("\n[output clipped, log limit " + limit + " reached]\n");
            if (!warned) {
                warned = true;
                monitor.warn("not all of its " + (stream == LogStream.OUTPUT ? "output" : "error output")
                        + " is shown: the limit is " + limit + "; to keep all of it, let the step write it to a file");
            }
        }
    }

    /** Passes on the end of what was held back. */
    void flush() {
        if (held == 0) {
            return;
        }
        int end = (int) (held % TAIL);
        if (held >= TAIL) {
            monitor.log(stream, Arrays.copyOfRange(tail, end, TAIL));
        }
        monitor.log(stream, Arrays.copyOf(tail, end));
        held = 0;
    }

    private void hold(byte[] bytes, int from, int to) {
        if (tail.length == 0) {
            tail = new byte[TAIL];
        }
        for (int at = from; at < to; ) {
            int position = (int) (held % TAIL);
            int count = Math.min(to - at, TAIL - position);
            System.arraycopy(bytes, at, tail, position, count);
            held += count;
            at += count;
        }
    }

    /** Started seconds count whole. */
    private long seconds() {
        return Math.max(1, (clock.getAsLong() - started + SECOND - 1) / SECOND);
    }

    private void log(String text) {
        monitor.log(stream, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(long bytes) {
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }
}
