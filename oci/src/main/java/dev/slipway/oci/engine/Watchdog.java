package dev.slipway.oci.engine;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Closes a connection that has been silent for too long, or whose thread is interrupted. */
final class Watchdog implements AutoCloseable {

    private static final int CHECK_MILLIS = 200;
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Closeable connection;
    private final Duration patience;
    private final Thread owner = Thread.currentThread();
    private final Future<?> check;
    private volatile long moved = System.nanoTime();
    private volatile boolean expired;

    Watchdog(Closeable connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
        this.check = CLOCK.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Notes that data has moved. */
    void moved() {
        moved = System.nanoTime();
    }

    /** Whether it has closed the connection because it was silent. */
    boolean isExpired() {
        return expired;
    }

    private void check() {
        boolean late = System.nanoTime() - moved > patience.toNanos();
        if (late || owner.isInterrupted()) {
            expired = late;
            close();
            try {
                connection.close();
            } catch (IOException e) {
                // The owner gets an exception of its own.
                return;
            }
        }
    }

    @Override
    public void close() {
        check.cancel(false);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "slipway-engine-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
