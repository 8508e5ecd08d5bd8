package dev.slipway.foreign.search;

import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.PlatformMatcher;
import dev.slipway.llb.Vertex;
import dev.slipway.solver.Solution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks for foreign programs in the results of a build. Where there are none, this takes no more than one question a result. */
public final class ForeignSearch {

    private final BuildGraph graph;
    private final Solution solution;
    private final VertexWork work;

    /** A search through the results of a graph. */
    public ForeignSearch(BuildGraph graph, Solution solution, VertexWork work) {
        this.graph = graph;
        this.solution = solution;
        this.work = work;
    }

    /** What was found, in the order of the platforms and then of the paths. Programs that one step made stand together. */
    public List<ForeignPrograms> run() throws InterruptedException {
        List<ForeignPrograms> found = new ArrayList<>();
        for (Platform platform : graph.platforms()) {
            Optional<Edge> target = graph.result(platform);
            if (target.isPresent()) {
                found.addAll(search(platform, target.get()));
            }
        }
        return List.copyOf(found);
    }

    private record Group(Platform platform, Optional<Vertex> step, Optional<Vertex> origin) {}

    private List<ForeignPrograms> search(Platform image, Edge target) throws InterruptedException {
        PlatformMatcher matcher = PlatformMatcher.only(image);
        Predicate<Platform> foreign = platform -> image.os().equals(platform.os()) && !matcher.matches(platform);
        Result result = solution.get(image);
        Map<Group, List<ProgramFile>> groups = new LinkedHashMap<>();
        ProgramTrace trace = new ProgramTrace(solution, work, foreign);
        for (ProgramFile program : work.programs(result, foreign)) {
            if (!DeliberatePath.is(program)) {
                Optional<Vertex> step = trace.maker(target, program);
                Optional<Vertex> origin = step.isPresent() ? trace.origin(step.get(), program) : Optional.empty();
                groups.computeIfAbsent(new Group(program.platform(), step, origin), group -> new ArrayList<>())
                        .add(program);
            }
        }
        return groups.entrySet().stream()
                .map(entry -> new ForeignPrograms(
                        image,
                        entry.getValue(),
                        entry.getKey().step(),
                        entry.getKey().origin()))
                .toList();
    }
}
