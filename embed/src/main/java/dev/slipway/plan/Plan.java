package dev.slipway.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.Executor;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Outcome;
import dev.slipway.graph.BuildGraph;
import dev.slipway.graph.StepName;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.routing.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build would do.
 *
 * @param platforms the platforms that were asked for, in that order
 * @param steps every step once, each after its inputs
 */
public record Plan(List<Platform> platforms, List<PlanStep> steps) {

    public Plan {
        platforms = List.copyOf(requireNonNull(platforms, "platforms is null"));
        steps = List.copyOf(requireNonNull(steps, "steps is null"));
    }

    /**
     * The plan of a graph.
     *
     * @param graph the graph
     * @param executor the executor that would run it
     * @param events what was reported when the graph was solved on a {@link PlanExecutor}
     * @throws InterruptedException if this thread was interrupted while the executor looked at the machine
     */
    public static Plan of(BuildGraph graph, Executor executor, List<BuildEvent> events) throws InterruptedException {
        Map<Digest, Outcome> outcomes = new HashMap<>();
        for (BuildEvent event : events) {
            if (event instanceof BuildEvent.Finished finished) {
                outcomes.put(finished.step().digest(), finished.outcome());
            }
        }
        boolean runsProcess =
                graph.steps().stream().map(BuildGraph.Step::vertex).anyMatch(vertex -> runsProcess(vertex, outcomes));
        Optional<String> sandbox = runsProcess ? executor.sandbox() : Optional.empty();
        Optional<String> problem = runsProcess ? executor.processProblem() : Optional.empty();
        Map<Digest, Integer> numbers = new HashMap<>();
        List<PlanStep> steps = new ArrayList<>();
        for (BuildGraph.Step step : graph.steps()) {
            Vertex vertex = step.vertex();
            numbers.put(vertex.digest(), steps.size() + 1);
            Optional<Platform> process = Placement.needed(vertex);
            steps.add(new PlanStep(
                    steps.size() + 1,
                    vertex.digest(),
                    StepName.of(vertex),
                    List.copyOf(step.platforms()),
                    executor.name(),
                    process,
                    process.flatMap(platform -> Placement.of(platform, executor))
                            .flatMap(PlatformSupport::emulator),
                    sandbox.filter(name -> runsProcess(vertex, outcomes)),
                    problem.filter(text -> runsProcess(vertex, outcomes)),
                    graph.inputs(vertex).stream()
                            .map(input -> numbers.get(input.vertex().digest()))
                            .toList(),
                    fate(outcomes.get(vertex.digest()))));
        }
        return new Plan(List.copyOf(graph.platforms()), steps);
    }

    private static boolean runsProcess(Vertex vertex, Map<Digest, Outcome> outcomes) {
        return Placement.needed(vertex).isPresent() && fate(outcomes.get(vertex.digest())) == PlanStep.Fate.RUN;
    }

    private static PlanStep.Fate fate(Outcome outcome) {
        if (outcome == null) {
            return PlanStep.Fate.SKIPPED;
        }
        return outcome == Outcome.CACHED ? PlanStep.Fate.CACHED : PlanStep.Fate.RUN;
    }

    /** The plan as text for people. */
    public String toText() {
        return PlanText.write(this);
    }

    /** The plan as JSON for programs. */
    public String toJson() {
        return PlanJson.write(this);
    }
}
