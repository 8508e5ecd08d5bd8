package dev.slipway.planning;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Outcome;
import dev.slipway.graph.BuildGraph;
import dev.slipway.graph.StepName;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.plan.Plan;
import dev.slipway.plan.PlanStep;
import dev.slipway.routing.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a plan of what executors said that they would do. */
public final class Planner {

    private Planner() {}

    /**
     * Makes the plan of a build.
     *
     * @param platforms the platforms that were asked for
     * @param parts what each executor would do
     * @throws InterruptedException if this thread was interrupted while an executor looked at its machine
     */
    public static Plan plan(List<Platform> platforms, List<PlanPart> parts) throws InterruptedException {
        List<PlanStep> steps = new ArrayList<>();
        for (PlanPart part : parts) {
            add(part, steps);
        }
        return new Plan(platforms, steps);
    }

    private static void add(PlanPart part, List<PlanStep> steps) throws InterruptedException {
        Map<Digest, PlanStep.Fate> fates = fates(part);
        BuildExecutor executor = part.executor();
        boolean runsProcess = part.graph().steps().stream()
                .map(BuildGraph.Step::vertex)
                .anyMatch(vertex -> runsProcess(vertex, fates));
        Optional<String> sandbox = runsProcess ? executor.sandbox() : Optional.empty();
        Optional<String> problem = runsProcess ? executor.processProblem() : Optional.empty();
        Map<Digest, Integer> numbers = new HashMap<>();
        for (BuildGraph.Step step : part.graph().steps()) {
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
                    sandbox.filter(name -> runsProcess(vertex, fates)),
                    problem.filter(text -> runsProcess(vertex, fates)),
                    part.graph().inputs(vertex).stream()
                            .map(input -> numbers.get(input.vertex().digest()))
                            .toList(),
                    requireNonNull(fates.get(vertex.digest()))));
        }
    }

    /** An engine that has a cache of its own may do less than this. */
    private static Map<Digest, PlanStep.Fate> fates(PlanPart part) {
        Map<Digest, PlanStep.Fate> fates = new HashMap<>();
        PlanStep.Fate unknown = part.executor() instanceof GraphExecutor ? PlanStep.Fate.RUN : PlanStep.Fate.SKIPPED;
        part.graph().steps().forEach(step -> fates.put(step.vertex().digest(), unknown));
        for (BuildEvent event : part.events()) {
            if (event instanceof BuildEvent.Finished finished) {
                boolean cached = finished.outcome() == Outcome.CACHED;
                fates.put(finished.step().digest(), cached ? PlanStep.Fate.CACHED : PlanStep.Fate.RUN);
            }
        }
        return fates;
    }

    private static boolean runsProcess(Vertex vertex, Map<Digest, PlanStep.Fate> fates) {
        return Placement.needed(vertex).isPresent() && fates.get(vertex.digest()) == PlanStep.Fate.RUN;
    }
}
