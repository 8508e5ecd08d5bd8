package dev.slipway.oci.disk;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Threads with enough stack to walk deep trees. A walk needs a piece of stack for each folder, and the threads of callers may
 * have little. No tree is deeper than {@link #MAX_FOLDERS}.
 */
public final class DeepStack {

    /** The most folders that a path of Linux can lead through: it has at most 4095 bytes, and each name takes two. */
    public static final int MAX_FOLDERS = 2048;

    /** Several times the need of two such trees, one below the other. It is only reserved, and allocated on use. */
    private static final long SIZE = 64 << 20;

    private DeepStack() {}

    /** A thread with such a stack. */
    private static final class DeepThread extends Thread {

        private DeepThread(Runnable task, String name) {
            super(null, task, name, SIZE);
            setDaemon(true);
        }
    }

    /**
     * A task.
     *
     * @param <T> the result
     * @param <E> how it fails
     */
    @FunctionalInterface
    public interface Task<T, E extends Exception> {

        T run() throws E, InterruptedException;
    }

    /** A new thread, which does not keep the program from ending. */
    public static Thread newThread(Runnable task, String name) {
        return new DeepThread(task, name);
    }

    /** Runs a task on a thread with enough stack, and waits for it. An interrupt of this thread is passed on. */
    @SuppressWarnings("unchecked") // a task throws nothing checked but these
    public static <T, E extends Exception> T call(Task<T, E> task) throws E, InterruptedException {
        if (Thread.currentThread() instanceof DeepThread) {
            return task.run();
        }
        FutureTask<T> future = new FutureTask<>(task::run);
        Thread thread = newThread(future, Thread.currentThread().getName());
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                interrupted = false;
                throw new InterruptedException();
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (E) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
