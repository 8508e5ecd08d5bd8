package dev.slipway.oci.disk;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Threads that can follow a tree to its end. What goes down a tree takes a piece of stack for each folder, and callers may have
 * little of it. A tree is never deeper than {@link #MAX_FOLDERS}, whoever made it.
 */
public final class DeepStack {

    /** The most folders that a path of Linux can lead through: it has at most 4095 bytes, and each name takes two. */
    public static final int MAX_FOLDERS = 2048;

    /** Several times what two such trees under each other need. It is reserved, and only taken where it is needed. */
    private static final long SIZE = 64 << 20;

    private DeepStack() {}

    /** A thread of our own. */
    private static final class DeepThread extends Thread {

        private DeepThread(Runnable task, String name) {
            super(null, task, name, SIZE);
            setDaemon(true);
        }
    }

    /**
     * What is to be done.
     *
     * @param <T> what comes out
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

    /** Does something where there is stack for it, and waits for its end. An interrupt of this thread is passed on. */
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
