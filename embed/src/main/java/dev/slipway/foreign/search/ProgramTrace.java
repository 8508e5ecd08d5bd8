package dev.slipway.foreign.search;

import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.solver.Solution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Follows programs back to the steps that made them. */
final class ProgramTrace {

    private final Solution solution;
    private final VertexWork work;
    private final Predicate<Platform> wanted;
    private final Map<Result, List<ProgramFile>> known = new HashMap<>();

    /** @param wanted which programs are followed */
    ProgramTrace(Solution solution, VertexWork work, Predicate<Platform> wanted) {
        this.solution = solution;
        this.work = work;
        this.wanted = wanted;
    }

    /** The step that put a program where it is; empty if an earlier result that would tell is gone. */
    Optional<Vertex> maker(Edge edge, ProgramFile program) throws InterruptedException {
        Edge at = edge;
        while (true) {
            Optional<Edge> lower = Optional.empty();
            for (Edge base : Solution.bases(at.vertex())) {
                Optional<Result> result = solution.find(base);
                if (result.isEmpty()) {
                    return Optional.empty();
                }
                if (programs(result.get()).contains(program)) {
                    lower = Optional.of(base);
                    break;
                }
            }
            if (lower.isEmpty()) {
                return Optional.of(at.vertex());
            }
            at = lower.get();
        }
    }

    /** Where a step took a program from that it did not make: a step of another stage, or else an image, repository or URL. */
    Optional<Vertex> origin(Vertex step, ProgramFile program) throws InterruptedException {
        List<Edge> sources = Solution.sources(step);
        for (Edge source : sources) {
            Optional<ProgramFile> original = find(source, program);
            Optional<Vertex> maker = original.isPresent() ? maker(source, original.get()) : Optional.empty();
            if (maker.isPresent() && !(maker.get().op() instanceof SourceOp)) {
                return origin(maker.get(), original.get())
                        .filter(vertex -> !(vertex.op() instanceof SourceOp))
                        .or(() -> maker);
            }
        }
        // What came in an image is not looked into; with one source there is no doubt.
        return sources.size() == 1 && sources.get(0).vertex().op() instanceof SourceOp source && !isContext(source)
                ? Optional.of(sources.get(0).vertex())
                : Optional.empty();
    }

    private static boolean isContext(SourceOp source) {
        return source.scheme().equals("local");
    }

    private Optional<ProgramFile> find(Edge source, ProgramFile program) throws InterruptedException {
        Optional<Result> result = solution.find(source);
        if (result.isEmpty()) {
            return Optional.empty();
        }
        return programs(result.get()).stream()
                .filter(candidate -> candidate.content().equals(program.content()))
                .findFirst();
    }

    private List<ProgramFile> programs(Result result) throws InterruptedException {
        List<ProgramFile> programs = known.get(result);
        if (programs == null) {
            programs = work.programs(result, wanted);
            known.put(result, programs);
        }
        return programs;
    }
}
