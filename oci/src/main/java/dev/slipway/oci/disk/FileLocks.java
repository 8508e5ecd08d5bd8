package dev.slipway.oci.disk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Locks that hold between the threads of this process and between processes. The operating system knows a lock by its process
 * and drops it when any handle of the file is closed there, so each file is opened once a process, and threads are kept apart by
 * a semaphore.
 */
public final class FileLocks {

    private static final int ALL = Integer.MAX_VALUE;
    private static final Map<Path, FileLocks> FILES = new ConcurrentHashMap<>();

    private final Path file;
    private final Semaphore permits = new Semaphore(ALL, true);
    private final ReentrantLock state = new ReentrantLock();
    private int holders;
    private @Nullable FileChannel channel;

    private FileLocks(Path file) {
        this.file = file;
    }

    private static FileLocks of(Path file) {
        return FILES.computeIfAbsent(file.toAbsolutePath().normalize(), FileLocks::new);
    }

    /**
     * A task that runs under a lock.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Work<T> {

        T run() throws IOException, InterruptedException;
    }

    /** A task without a result that runs under a lock. */
    @FunctionalInterface
    public interface Action {

        void run() throws IOException, InterruptedException;
    }

    /** Runs a task while nobody else holds the lock. */
    public static void exclusively(Path file, Action action) throws IOException, InterruptedException {
        exclusively(file, () -> {
            action.run();
            return true;
        });
    }

    /** Runs a task while nobody else holds the lock. */
    public static <T> T exclusively(Path file, Work<T> work) throws IOException, InterruptedException {
        Held lock = exclusive(file);
        try {
            return work.run();
        } finally {
            lock.close();
        }
    }

    /** Waits until nobody else holds the lock. */
    public static Held exclusive(Path file) throws IOException, InterruptedException {
        FileLocks lock = of(file);
        lock.permits.acquire(ALL);
        return lock.hold(ALL, false);
    }

    /** Waits until nobody holds the lock exclusively. */
    public static Held shared(Path file) throws IOException, InterruptedException {
        FileLocks lock = of(file);
        lock.permits.acquire();
        return lock.hold(1, true);
    }

    /** The lock, if nobody else holds it. */
    public static Optional<Held> tryExclusive(Path file) throws IOException {
        FileLocks lock = of(file);
        return lock.permits.tryAcquire(ALL) ? lock.tryHold() : Optional.empty();
    }

    private Held hold(int count, boolean shared) throws IOException, InterruptedException {
        try {
            state.lockInterruptibly();
        } catch (InterruptedException e) {
            permits.release(count);
            throw e;
        }
        try {
            return holdAlone(count, shared);
        } finally {
            state.unlock();
        }
    }

    private Held holdAlone(int count, boolean shared) throws IOException, InterruptedException {
        if (holders == 0) {
            FileChannel opened = null;
            try {
                opened = open();
                opened.lock(0, Long.MAX_VALUE, shared);
            } catch (FileLockInterruptionException e) {
                abandon(opened, count);
                throw new InterruptedException();
            } catch (IOException | RuntimeException e) {
                abandon(opened, count);
                throw e;
            }
            channel = opened;
        }
        holders++;
        return new Held(this, count);
    }

    /** All permits are held, so nobody else can be here. */
    private Optional<Held> tryHold() throws IOException {
        FileChannel opened = null;
        FileLock lock = null;
        try {
            opened = open();
            lock = opened.tryLock();
        } finally {
            if (lock == null) {
                abandon(opened, ALL);
            }
        }
        if (lock == null) {
            return Optional.empty();
        }
        channel = opened;
        holders++;
        return Optional.of(new Held(this, ALL));
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void abandon(@Nullable FileChannel opened, int count) throws IOException {
        permits.release(count);
        if (opened != null) {
            opened.close();
        }
    }

    private void release(int count) {
        state.lock();
        try {
            if (--holders == 0) {
                requireNonNull(channel).close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            state.unlock();
            permits.release(count);
        }
    }

    /** A lock that is held until it is closed. */
    public static final class Held implements AutoCloseable {

        private final FileLocks lock;
        private final int count;
        private boolean released;

        private Held(FileLocks lock, int count) {
            this.lock = lock;
            this.count = count;
        }

        @Override
        public synchronized void close() {
            if (!released) {
                released = true;
                lock.release(count);
            }
        }
    }
}
