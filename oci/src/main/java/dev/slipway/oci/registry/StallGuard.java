package dev.slipway.oci.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Closes an answer that has stalled, because Java's client would wait forever. */
final class StallGuard extends FilterInputStream {

    private static final int PATIENCE_SECONDS = 60;
    private static final int CHECK_SECONDS = 10;
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Future<?> check;
    private volatile long waitingSince;
    private volatile boolean stalled;

    StallGuard(InputStream in) {
        super(in);
        this.check = CLOCK.scheduleAtFixedRate(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        waitingSince = System.nanoTime() | 1;
        try {
            int n = in.read(buffer, offset, length);
            if (n < 0) {
                check.cancel(false);
            }
            return n;
        } catch (IOException e) {
            throw stalled ? new HttpTimeoutException("nothing came for " + PATIENCE_SECONDS + " seconds") : e;
        } finally {
            waitingSince = 0;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        check.cancel(false);
        in.close();
    }

    private void check() {
        long since = waitingSince;
        if (since != 0 && System.nanoTime() - since > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            stalled = true;
            try {
                close();
            } catch (IOException e) {
                // The reader gets an exception of its own.
                check.cancel(false);
            }
        }
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "slipway-registry-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
