package dev.slipway.executor;

/** A backend that runs one vertex at a time. The solver decides what runs, in which order, and what is looked up. */
public non-sealed interface VertexExecutor extends BuildExecutor {

    /**
     * Begins the work for one build. What the build uses is not collected until the work is closed.
     *
     * @param session what the client offers to this build
     * @throws IllegalStateException if this executor is closed
     * @throws ExecutorException if it cannot begin
     */
    VertexWork begin(BuildSession session);
}
