package dev.slipway.solver;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.solver.cache.ImportedCache;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Solves build graphs. One solver serves all builds of a process, so that equal steps of builds that run at the same time run
 * once.
 */
public final class Solver {

    /**
     * The stack of threads in which executors work, in bytes: trees of files have folders as deep in each other as a path can
     * lead. It is reserved, and taken only where it is needed.
     */
    static final long STACK_SIZE = 64 << 20;

    private final String executor;
    private final ExecutorService pool;
    private final Clock clock;
    private final Flights<List<Result>> flights = new Flights<>();

    /**
     * A solver whose look-ups and steps run on this pool.
     *
     * @param executor the name of the executor whose work is driven
     * @param pool bounds how many steps run at once
     * @param clock gives progress its times
     */
    public Solver(String executor, ExecutorService pool, Clock clock) {
        this.executor = requireNonNull(executor, "executor is null");
        this.pool = requireNonNull(pool, "pool is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** How many builds wait for the step that most wait for. */
    int waiting() {
        return flights.passengers();
    }

    /**
     * Whether the result of a source is there already, so that it need not be had again.
     *
     * @param work the executor's side of this build
     */
    public boolean knows(Vertex source, VertexWork work) throws InterruptedException {
        Digest key = work.sourceKey(source, StepMonitor.NONE);
        return work.find(VertexKeys.source(source, key).digest()).isPresent();
    }

    /**
     * Makes the results of a graph: looks up what can be found, runs what cannot, nothing that is not needed.
     *
     * @param graph what to solve
     * @param work the executor's side of this build
     * @param imported records of other machines
     * @param events receives its progress
     * @throws SolveException if a step fails; what else ran has been stopped by then
     * @throws InterruptedException if this thread was interrupted; nothing runs any more by then
     */
    public Solution solve(BuildGraph graph, VertexWork work, ImportedCache imported, Consumer<BuildEvent> events)
            throws InterruptedException {
        return new Solve(graph, work, imported, pool, flights, new Reporter(graph, executor, events, clock)).run();
    }

    /** The same without records of other machines. */
    public Solution solve(BuildGraph graph, VertexWork work, Consumer<BuildEvent> events) throws InterruptedException {
        return solve(graph, work, ImportedCache.EMPTY, events);
    }
}
