package dev.slipway.backend;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.foreign.search.ForeignSearch;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.planning.PlanExecutor;
import dev.slipway.progress.Progress;
import dev.slipway.solver.Solution;
import dev.slipway.solver.Solver;
import dev.slipway.solver.cache.ExportMode;
import dev.slipway.solver.cache.ImportedCache;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An executor that the solver drives vertex by vertex. */
final class VertexBackend implements Backend {

    private final VertexExecutor executor;
    private final VertexWork work;
    private final Solver solver;
    private final Set<Digest> fetched = new HashSet<>();

    VertexBackend(VertexExecutor executor, VertexWork work, Solver solver) {
        this.executor = executor;
        this.work = work;
        this.solver = solver;
    }

    @Override
    public VertexExecutor executor() {
        return executor;
    }

    @Override
    public VertexWork work() {
        return work;
    }

    @Override
    public BuiltImage fetch(Definition definition, Progress progress) throws InterruptedException {
        definition.vertices().stream().map(Vertex::digest).forEach(fetched::add);
        // Whatever the platform is called: sources have none.
        Platform platform = Platform.host();
        BuildGraph graph = BuildGraph.merge(Map.of(platform, definition));
        Result root = solver.solve(graph, work, progress).get(platform);
        return image(root);
    }

    /** A result as an image about which nothing is known. */
    private BuiltImage image(Result root) {
        return work.image(root, new ImageSpec(Platform.host(), Bytes.utf8("{}"), Optional.empty(), Optional.empty()));
    }

    @Override
    public boolean knows(Vertex source) throws InterruptedException {
        return solver.knows(source, work);
    }

    @Override
    public Built build(Share share, ImportedCache imported, boolean looksForForeign, Progress progress)
            throws InterruptedException {
        Solution solution = solver.solve(share.graph(), work, imported, progress);
        List<ForeignFinding> foreign = new ArrayList<>();
        if (looksForForeign) {
            for (ForeignPrograms found : new ForeignSearch(share.graph(), solution, work).run()) {
                Runnable warn = () -> found.step().ifPresent(step -> solution.warn(step, found.message()));
                foreign.add(new ForeignFinding(found, warn));
            }
        }
        List<BuiltImage> images = new ArrayList<>();
        for (ImageSpec spec : share.specs()) {
            images.add(work.image(solution.get(spec.platform()), spec));
        }
        return new Built(images, foreign, edge -> layers(solution, edge), mode -> cache(solution, mode));
    }

    /** A result that is not there any more is not exported, as if it had not been made. */
    private CacheGraph<List<BuiltLayer>> cache(Solution solution, ExportMode mode) throws InterruptedException {
        List<CacheGraph.Entry<List<BuiltLayer>>> entries = new ArrayList<>();
        for (CacheGraph.Entry<Result> entry : solution.cache(mode).entries()) {
            Optional<CacheGraph.Stored<List<BuiltLayer>>> layers = Optional.empty();
            if (entry.result().isPresent()) {
                CacheGraph.Stored<Result> made = entry.result().get();
                layers = layers(made.value()).map(found -> new CacheGraph.Stored<>(found, made.createdAt()));
            }
            entries.add(entry.withResult(layers));
        }
        return new CacheGraph<>(entries);
    }

    private Optional<List<BuiltLayer>> layers(Result result) throws InterruptedException {
        try {
            return Optional.of(List.copyOf(image(result).layers()));
        } catch (ExecutorException e) {
            return Optional.empty();
        }
    }

    private List<? extends BuiltLayer> layers(Solution solution, Edge edge) throws InterruptedException {
        Optional<Result> result = solution.find(edge);
        return result.isEmpty() ? List.of() : image(result.get()).layers();
    }

    @Override
    public void plan(Share share, ImportedCache imported, Progress progress) throws InterruptedException {
        // What was fetched to read the Dockerfile is known by now. The work stays open, for this is not the end of it.
        VertexWork planned = new PlanExecutor(executor).over(work, fetched);
        solver.solve(share.graph(), planned, imported, progress);
    }

    @Override
    public void close() {
        work.close();
    }
}
