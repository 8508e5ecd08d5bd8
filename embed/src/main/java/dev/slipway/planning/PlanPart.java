package dev.slipway.planning;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.graph.BuildGraph;
import java.util.List;

/**
 * What one executor would do of a build.
 *
 * @param graph of the platforms that it would build
 * @param executor who would do it
 * @param events what was reported when the graph was solved on a {@link PlanExecutor}; none of an engine, which alone knows its
 *     cache
 */
public record PlanPart(BuildGraph graph, BuildExecutor executor, List<BuildEvent> events) {

    public PlanPart {
        requireNonNull(graph, "graph is null");
        requireNonNull(executor, "executor is null");
        events = List.copyOf(requireNonNull(events, "events is null"));
    }
}
