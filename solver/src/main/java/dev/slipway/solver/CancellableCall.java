package dev.slipway.solver;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call on another thread that can be cancelled before and while it runs, and always reports back. */
final class CancellableCall {

    private @Nullable Thread thread;
    private boolean cancelled;

    /**
     * Makes the call.
     *
     * @return what the owner of the task has to do with the outcome; nothing if the task was cancelled
     */
    <T> Runnable run(Callable<T> call, Consumer<T> then, Consumer<Throwable> failed) {
        if (!begin()) {
            return () -> {};
        }
        try {
            T value = call.call();
            return () -> then.accept(value);
        } catch (InterruptedException e) {
            return cancelled() ? () -> {} : () -> failed.accept(e);
        } catch (Exception | Error e) {
            return () -> failed.accept(e);
        } finally {
            end();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized boolean cancelled() {
        return cancelled;
    }

    private synchronized boolean begin() {
        thread = Thread.currentThread();
        return !cancelled;
    }

    /** The thread goes back to its pool, and no late interrupt may hit what runs on it next. */
    private synchronized void end() {
        thread = null;
        Thread.interrupted();
    }
}
