package dev.slipway;

import dev.slipway.caller.CallerCode;
import dev.slipway.oci.disk.DeepStack;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls that an instance is at work on. Closing interrupts their threads and waits until they have left, so that what they
 * use can be taken away and nobody waits for work that no one does any more.
 */
final class Calls {

    private final Set<Running> running = new HashSet<>();
    private boolean closed;

    /** Something that takes an open instance. */
    interface Work<T> {
        T run(Call call) throws InterruptedException;
    }

    /** A call that runs, known by its identity. */
    interface Call {

        /** Stops the call; nothing happens if it has ended or was stopped before. */
        void stop(Stop reason);

        /** Why it was stopped; empty if it was not. */
        Optional<Stop> stopped();
    }

    /**
     * Makes a call.
     *
     * @throws IllegalStateException if the instance is closed
     * @throws BuildException if it is closed meanwhile
     * @throws InterruptedException if this thread is interrupted by somebody else
     */
    <T> T run(Work<T> work) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Running call = new Running();
        call.thread = Thread.currentThread();
        enter(call);
        return finish(call, work);
    }

    /**
     * Makes a call in a thread of its own. Whoever completes the future before the call has ended stops it, and does not wait.
     *
     * @param name of the thread
     * @throws IllegalStateException if the instance is closed
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for what is done when it is complete.
    <T> CompletableFuture<T> start(String name, Work<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Running call = new Running();
        call.thread = DeepStack.newThread(() -> finish(call, work, future), name);
        enter(call);
        future.whenComplete((result, failure) -> stop(call, Stop.saying("the build was cancelled")));
        try {
            call.thread.start();
        } catch (Error e) {
            leave(call);
            throw e;
        }
        return future;
    }

    /** Whatever comes out, whoever waits gets to know it. */
    private <T> void finish(Running call, Work<T> work, CompletableFuture<T> future) {
        try {
            future.complete(finish(call, work));
        } catch (InterruptedException e) {
            future.completeExceptionally(
                    Stop.saying("the build was interrupted").failure(e));
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    private <T> T finish(Running call, Work<T> work) throws InterruptedException {
        T result;
        try {
            if (stopped(call).isPresent()) {
                throw new InterruptedException();
            }
            result = work.run(new Handle(call));
        } catch (InterruptedException | RuntimeException e) {
            Optional<Stop> stop = leave(call);
            if (stop.isEmpty()) {
                throw e;
            }
            throw stop.get().failure(e);
        } catch (Error e) {
            leave(call);
            throw e;
        }
        // Work that was stopped may have been too near to its end to notice.
        Optional<Stop> stop = leave(call);
        if (stop.isPresent() && !stop.get().allowsResult()) {
            throw stop.get().failure(new InterruptedException());
        }
        return result;
    }

    private synchronized void enter(Running call) {
        if (closed) {
            throw new IllegalStateException("this Slipway is closed; open another one");
        }
        running.add(call);
    }

    private synchronized void stop(Running call, Stop reason) {
        if (running.contains(call) && call.stop == null) {
            call.stop = reason;
            call.thread.interrupt();
        }
    }

    /**
     * Ends a call, and says what it was stopped with, if it was. The interrupt that stopped it must not hit what its thread does
     * next.
     */
    private synchronized Optional<Stop> leave(Running call) {
        if (running.remove(call) && call.stop != null) {
            Thread.interrupted();
        }
        notifyAll();
        return Optional.ofNullable(call.stop);
    }

    /**
     * Stops all calls and lets no other begin. Returns once they have ended, or at once if it is called by code that a call waits
     * for, such as a listener.
     *
     * @return whether all have ended
     */
    synchronized boolean close() {
        closed = true;
        running.forEach(call -> stop(call, Stop.saying("Slipway was closed while this was running")));
        boolean interrupted = false;
        while (!running.isEmpty() && !CallerCode.isRunning() && !interrupted) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return running.isEmpty();
    }

    private synchronized Optional<Stop> stopped(Running call) {
        return Optional.ofNullable(call.stop);
    }

    /** A call as its work knows it. */
    private final class Handle implements Call {

        private final Running call;

        private Handle(Running call) {
            this.call = call;
        }

        @Override
        public void stop(Stop reason) {
            Calls.this.stop(call, reason);
        }

        @Override
        public Optional<Stop> stopped() {
            return Calls.this.stopped(call);
        }
    }

    private static final class Running {

        @SuppressWarnings("NullAway.Init") // It is there before any other thread can see the call.
        private Thread thread;

        private @Nullable Stop stop;
    }
}
