package dev.slipway.backend;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.routing.Candidate;
import dev.slipway.solver.Solver;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** What builds run on: executors, each with a solver of its own, for results of one mean nothing to another. */
public final class Engines implements AutoCloseable {

    private final List<Candidate> candidates;
    private final Map<BuildExecutor, Solver> solvers = new LinkedHashMap<>();
    private final ExecutorService pool;
    private final Client client;
    private final Registries registries;

    /** @param candidates at least one; the first reads the Dockerfile and looks up base images */
    public Engines(List<Candidate> candidates, ExecutorService pool, Client client) {
        this.candidates = List.copyOf(candidates);
        candidates.forEach(candidate -> solvers.put(
                candidate.executor(), new Solver(candidate.executor().name(), pool, Clock.systemUTC())));
        this.pool = pool;
        this.client = client;
        this.registries = new Registries(client);
    }

    public List<Candidate> candidates() {
        return candidates;
    }

    /** The one that does what is done once. */
    public BuildExecutor first() {
        return candidates.get(0).executor();
    }

    public List<BuildExecutor> executors() {
        return List.copyOf(solvers.keySet());
    }

    /** What runs what can be done at the same time. */
    public ExecutorService pool() {
        return pool;
    }

    public Client client() {
        return client;
    }

    /** What pushes images. */
    public Registries registries() {
        return registries;
    }

    /** What all of them can run, those of the first one first. */
    public List<PlatformSupport> platforms() {
        return solvers.keySet().stream()
                .flatMap(executor -> executor.platforms().stream())
                .distinct()
                .toList();
    }

    /** Begins the work of an executor for a build. */
    public Backend begin(BuildExecutor executor, BuildSession session) {
        if (executor instanceof VertexExecutor vertices) {
            return new VertexBackend(vertices, vertices.begin(session), requireNonNull(solvers.get(executor)));
        }
        GraphExecutor graphs = (GraphExecutor) executor;
        return new GraphBackend(graphs, graphs.begin(session));
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (BuildExecutor executor : solvers.keySet()) {
            try {
                executor.close();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
