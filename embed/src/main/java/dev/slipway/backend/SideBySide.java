package dev.slipway.backend;

import dev.slipway.oci.disk.DeepStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Does a few things at the same time, of which each takes long. The first failure ends all. */
public final class SideBySide {

    private SideBySide() {}

    /**
     * One of them.
     *
     * @param <T> what comes out
     */
    public interface Task<T> {
        T run() throws InterruptedException;
    }

    /** What came of all of them, in their order. Nothing goes on when this returns, in whatever way. */
    public static <T> List<T> run(List<Task<T>> tasks) throws InterruptedException {
        if (tasks.size() == 1) {
            return List.of(tasks.get(0).run());
        }
        List<Thread> threads = new ArrayList<>();
        List<FutureTask<T>> futures = new ArrayList<>();
        for (Task<T> task : tasks) {
            FutureTask<T> future = new FutureTask<>(task::run) {
                @Override
                protected void setException(Throwable failure) {
                    super.setException(failure);
                    threads.forEach(Thread::interrupt);
                }
            };
            futures.add(future);
            threads.add(DeepStack.newThread(future, Thread.currentThread().getName() + "-" + threads.size()));
        }
        threads.forEach(Thread::start);
        boolean interrupted = join(threads);
        if (interrupted) {
            throw new InterruptedException();
        }
        return results(futures);
    }

    private static boolean join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        return interrupted;
    }

    /** What was interrupted is the consequence of a failure, and not what is told. */
    private static <T> List<T> results(List<FutureTask<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        InterruptedException stopped = null;
        for (FutureTask<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interruption) {
                    stopped = interruption;
                } else if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                } else {
                    throw (Error) e.getCause();
                }
            }
        }
        if (stopped != null) {
            throw stopped;
        }
        return results;
    }
}
