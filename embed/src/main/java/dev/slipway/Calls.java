package dev.slipway;

import java.util.HashSet;
import java.util.Set;

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

        /** Stops the call, which fails with this; nothing happens if it has ended or was stopped before. */
        void stop(BuildException failure);
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
        Running call = enter();
        T result;
        try {
            result = work.run(failure -> stop(call, failure));
        } catch (InterruptedException | RuntimeException e) {
            BuildException failure = leave(call);
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
            throw failure;
        } finally {
            leave(call);
        }
        // Work that was stopped may have been too near to its end to notice.
        if (call.failure != null) {
            throw call.failure;
        }
        return result;
    }

    private synchronized Running enter() {
        if (closed) {
            throw new IllegalStateException("this Slipway is closed; open another one");
        }
        Running call = new Running(Thread.currentThread());
        running.add(call);
        return call;
    }

    private synchronized void stop(Running call, BuildException failure) {
        if (running.contains(call) && call.failure == null) {
            call.failure = failure;
            call.thread.interrupt();
        }
    }

    /**
     * Ends a call, and says what it was stopped with, if it was. The interrupt that stopped it must not hit what its thread does
     * next.
     */
    private synchronized BuildException leave(Running call) {
        if (running.remove(call) && call.failure != null) {
            Thread.interrupted();
        }
        notifyAll();
        return call.failure;
    }

    /**
     * Stops all calls and lets no other begin. Returns once they have ended, or at once if it is called by code that a call waits
     * for, such as a listener.
     *
     * @return whether all have ended
     */
    synchronized boolean close() {
        closed = true;
        running.forEach(call -> stop(call, new BuildException("Slipway was closed while it was at work")));
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

    private static final class Running {

        private final Thread thread;
        private BuildException failure;

        private Running(Thread thread) {
            this.thread = thread;
        }
    }
}
