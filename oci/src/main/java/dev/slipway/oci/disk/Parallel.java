package dev.slipway.oci.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Runs many small tasks on all processors. */
public final class Parallel {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int WORTH_A_THREAD = 64;
    private static final int BYTES_WORTH_A_THREAD = 4 << 20;

    private Parallel() {}

    /** Whether this many items are worth several threads. */
    public static boolean isWorthwhile(int items) {
        return items >= WORTH_A_THREAD;
    }

    /**
     * Works on items in one thread.
     *
     * @param <T> the type of an item
     */
    public interface Worker<T> extends Closeable {

        void accept(T item) throws IOException, InterruptedException;
    }

    /**
     * Makes a worker for a thread.
     *
     * @param <T> the type of an item
     */
    public interface WorkerFactory<T> {

        Worker<T> make() throws IOException;
    }

    /**
     * Works on each of many items, in no particular order. The first failure ends it. When this method returns, all threads
     * have stopped.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    public static <T> void forEach(List<T> items, WorkerFactory<T> workers) throws IOException, InterruptedException {
        run(items, Math.min(PROCESSORS, 1 + items.size() / WORTH_A_THREAD), workers);
    }

    /**
     * Does something with the bytes of each of several items; like {@link #forEach(List, WorkerFactory)}.
     *
     * @param bytes how many they have in all: many of them are worth several threads, too
     */
    public static <T> void forEach(List<T> items, long bytes, WorkerFactory<T> workers)
            throws IOException, InterruptedException {
        long threads = 1 + Math.max(items.size() / WORTH_A_THREAD, bytes / BYTES_WORTH_A_THREAD);
        run(items, (int) Math.min(Math.min(PROCESSORS, items.size()), threads), workers);
    }

    /** Works on each of a few items that take long; like {@link #forEach}. */
    public static <T> void forEachOfFew(List<T> items, int threads, WorkerFactory<T> workers)
            throws IOException, InterruptedException {
        run(items, Math.min(threads, items.size()), workers);
    }

    private static <T> void run(List<T> items, int threads, WorkerFactory<T> workers)
            throws IOException, InterruptedException {
        Share<T> share = new Share<>(items, workers);
        List<Thread> helpers = new ArrayList<>();
        for (int i = threads; i > 1; i--) {
            Thread helper = DeepStack.newThread(share, "slipway-files");
            helper.start();
            helpers.add(helper);
        }
        share.run();
        boolean interrupted = share.failure.get() instanceof InterruptedException;
        for (Thread helper : helpers) {
            interrupted |= join(helper);
        }
        if (interrupted) {
            throw new InterruptedException();
        }
        share.rethrow();
    }

    /** Waits for a thread, and interrupts it if this one is interrupted. */
    private static boolean join(Thread helper) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                helper.interrupt();
            }
        }
    }

    /** Hands out one item after the other to several threads. */
    private static final class Share<T> implements Runnable {

        private final List<T> items;
        private final WorkerFactory<T> workers;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        private Share(List<T> items, WorkerFactory<T> workers) {
            this.items = items;
            this.workers = workers;
        }

        @Override
        public void run() {
            try (Worker<T> worker = workers.make()) {
                for (int i = next.getAndIncrement();
                        i < items.size() && failure.get() == null;
                        i = next.getAndIncrement()) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    worker.accept(items.get(i));
                }
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        private void rethrow() throws IOException {
            Throwable e = failure.get();
            if (e instanceof IOException io) {
                throw io;
            }
            if (e instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (e instanceof Error error) {
                throw error;
            }
        }
    }
}
