package dev.slipway.oci.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Works on several items at once. The first failure ends the rest. When this returns, all work has stopped. */
final class Together {

    /** The number of transfers with one registry, as in containerd. */
    private static final int AT_ONCE = 4;

    private Together() {}

    /** The work on an item. */
    interface Action<T> {
        void with(T item) throws IOException;
    }

    static <T> void forEach(List<T> items, Action<T> action) throws IOException {
        if (items.size() == 1) {
            action.with(items.get(0));
        } else if (!items.isEmpty()) {
            inThreads(items, action);
        }
    }

    private static <T> void inThreads(List<T> items, Action<T> action) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, items.size()));
        try {
            ExecutorCompletionService<Void> completion = new ExecutorCompletionService<>(threads);
            for (T item : items) {
                completion.submit(() -> {
                    action.with(item);
                    return null;
                });
            }
            for (int i = 0; i < items.size(); i++) {
                completion.take().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the transfer was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            end(threads);
        }
    }

    /** Interrupts the work that is still running, and waits for it. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
