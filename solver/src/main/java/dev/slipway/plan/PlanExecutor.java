package dev.slipway.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import java.util.List;

/**
 * Runs nothing and writes nothing. It stands in for the executor that would run the build: it has its name and platforms,
 * reads image metadata through it and finds what its cache holds.
 */
public final class PlanExecutor implements VertexExecutor {

    private final VertexExecutor executor;

    /** A stand-in for this executor, which stays the caller's to close. */
    public PlanExecutor(VertexExecutor executor) {
        this.executor = requireNonNull(executor, "executor is null");
    }

    @Override
    public String name() {
        return executor.name();
    }

    @Override
    public List<PlatformSupport> platforms() {
        return executor.platforms();
    }

    @Override
    public VertexWork begin(BuildSession session) {
        return new PlanWork(executor.begin(session));
    }

    @Override
    public void close() {}
}
