package dev.slipway.solver;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs equal work once, whoever asks for it. Work is cancelled when the last of those who wait for it has gone, and not
 * before; what was cancelled or has failed is not remembered here, so that whoever asks next tries again.
 *
 * @param <T> what the work yields
 */
final class Flights<T> {

    private final Map<Digest, Flight<T>> flights = new HashMap<>();

    /**
     * Runs the work, or waits for equal work that runs already.
     *
     * @throws ExecutionException if the work failed
     * @throws InterruptedException if this thread was interrupted; the work goes on if others wait for it
     */
    T run(Digest key, Callable<T> work) throws InterruptedException, ExecutionException {
        while (true) {
            Flight<T> flight = board(key, work);
            try {
                return flight.task.get();
            } catch (CancellationException e) {
                // The others left between our coming and their cancelling: start again.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    throw e;
                }
                // Whoever began it was gone before it did anything: start again.
                forget(key, flight);
            } finally {
                leave(key, flight);
            }
        }
    }

    private synchronized Flight<T> board(Digest key, Callable<T> work) {
        Flight<T> flight = flights.get(key);
        if (flight == null) {
            flight = new Flight<>(new FutureTask<>(work));
            flights.put(key, flight);
            flight.thread = new Thread(null, flight.task, "slipway-step", Solver.STACK_SIZE);
            flight.thread.setDaemon(true);
            flight.thread.start();
        }
        flight.passengers++;
        return flight;
    }

    private void leave(Digest key, Flight<T> flight) {
        synchronized (this) {
            flight.passengers--;
            if (flight.passengers > 0) {
                return;
            }
            flights.remove(key, flight);
            flight.task.cancel(true);
        }
        awaitLanding(flight);
    }

    private synchronized void forget(Digest key, Flight<T> flight) {
        flights.remove(key, flight);
    }

    /** Whoever cancels work waits until it has stopped, so that a cancelled build leaves nothing running. */
    private static void awaitLanding(Flight<?> flight) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                requireNonNull(flight.thread).join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many wait for the work that most wait for. */
    synchronized int passengers() {
        return flights.values().stream()
                .mapToInt(flight -> flight.passengers)
                .max()
                .orElse(0);
    }

    private static final class Flight<T> {

        private final FutureTask<T> task;
        private @Nullable Thread thread;
        private int passengers;

        private Flight(FutureTask<T> task) {
            this.task = task;
        }
    }
}
