package dev.slipway.executor;

/** A backend that takes whole graphs: an engine that orders, looks up and runs the steps itself. */
public non-sealed interface GraphExecutor extends BuildExecutor {

    /**
     * Begins the work for one build.
     *
     * @param session what the client offers to this build
     * @throws IllegalStateException if this executor is closed
     * @throws ExecutorException if it cannot begin
     */
    GraphWork begin(BuildSession session);
}
