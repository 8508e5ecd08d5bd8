package dev.slipway.oci.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Does something with several items at once. The first failure ends the rest, and when this returns nothing goes on. */
final class Together {

    /** As many transfers as containerd has with one registry. */
    private static final int AT_ONCE = 4;

    private Together() {}

    /** What is done with an item. */
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

    /** Interrupts what still goes on, and waits for it. */
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
