package dev.slipway.planning;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ForwardingVertexExecutor;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.llb.Digest;
import java.util.Set;

/**
 * Runs nothing and writes nothing. It stands in for the executor that would run the build: it has its name and platforms,
 * reads image metadata through it and finds what its cache holds.
 */
public final class PlanExecutor extends ForwardingVertexExecutor {

    /** A stand-in for this executor, which stays the caller's to close. */
    public PlanExecutor(VertexExecutor executor) {
        super(executor);
    }

    @Override
    public VertexWork begin(BuildSession session) {
        return over(super.begin(session), Set.of());
    }

    /**
     * Stands in for work that has begun already.
     *
     * @param work is closed with what is returned
     * @param fetched the sources that this work has fetched, whose content is known therefore
     */
    public VertexWork over(VertexWork work, Set<Digest> fetched) {
        return new PlanWork(work, fetched);
    }

    @Override
    public void close() {}
}
