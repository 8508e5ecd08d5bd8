package dev.slipway.solver;

import static java.util.stream.Collectors.joining;

import dev.slipway.graph.BuildGraph;
import dev.slipway.graph.StepName;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceLocation.Range;
import dev.slipway.llb.Vertex;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The steps that run just now. Safe for use by several threads. */
final class RunningSteps {

    private final Set<Vertex> steps = ConcurrentHashMap.newKeySet();

    void add(Vertex step) {
        steps.add(step);
    }

    void remove(Vertex step) {
        steps.remove(step);
    }

    /** Whoever set a time limit to a build wants to know what took so long. */
    InterruptedException interruption(BuildGraph graph, InterruptedException cause) {
        List<Vertex> running =
                steps.stream().sorted(Comparator.comparing(StepName::of)).toList();
        if (running.isEmpty()) {
            return cause;
        }
        String message = running.stream()
                .map(step -> describe(step, graph.step(step).platforms()))
                .collect(joining("; and ", "the build was interrupted at ", ""));
        String advice = "; if a time limit has ended it, raise the limit: what was done by then is not done again";
        return (InterruptedException) new InterruptedException(message + advice).initCause(cause);
    }

    private static String describe(Vertex step, Set<Platform> platforms) {
        String place = step.metadata().locations().stream()
                .findFirst()
                .map(location -> place(location) + "for ")
                .orElse("");
        return platforms.stream().map(Platform::format).collect(joining(", ", place, ": ")) + StepName.of(step);
    }

    private static String place(SourceLocation location) {
        return location.ranges().stream()
                .min(Comparator.comparingInt(Range::startLine))
                .map(range -> location.file().name() + ":" + range.startLine() + ": ")
                .orElse("");
    }
}
