package dev.slipway;

import dev.slipway.executor.ExportRequest;
import dev.slipway.executor.ExportRequest.PlatformImage;
import dev.slipway.executor.ExportResult;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepMonitor;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.frontend.Conversion;
import dev.slipway.graph.BuildGraph;
import dev.slipway.image.ImageConfig;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Platform;
import dev.slipway.progress.Progress;
import dev.slipway.routing.Router;
import dev.slipway.solver.Solver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** One build, from the request to the outputs: each step is one call with one value. */
final class Build implements AutoCloseable {

    private final BuildRequest request;
    private final VertexExecutor executor;
    private final Solver solver;
    private final ExecutorService pool;
    private final LocalContext context;
    private final Findings findings;
    private final VertexWork work;
    private BuildGraph graph;

    Build(BuildRequest request, VertexExecutor executor, Solver solver, ExecutorService pool) {
        this.request = request;
        this.executor = executor;
        this.solver = solver;
        this.pool = pool;
        this.context = LocalContext.load(request);
        this.findings = new Findings(context.file().data().toArray(), request);
        this.work = Failures.quickly(context.file(), () -> executor.begin(context.session()));
    }

    /** The conversion of each platform that was asked for. */
    Map<Platform, Conversion> convert() throws InterruptedException {
        return Failures.translate(context.file(), this::conversions);
    }

    BuildResult run(Progress progress) throws InterruptedException {
        return Failures.translate(context.file(), () -> {
            Map<Platform, Conversion> conversions = conversions();
            Map<Platform, Definition> definitions = new LinkedHashMap<>();
            conversions.forEach((platform, conversion) -> definitions.put(platform, conversion.definition()));
            Router.route(definitions, List.of(executor));
            graph = BuildGraph.merge(definitions);
            Map<Platform, Result> results = solver.solve(graph, work, progress);
            ExportResult exported = work.export(export(conversions, results), StepMonitor.NONE);
            return BuildResult.of(exported, findings.warnings());
        });
    }

    private Map<Platform, Conversion> conversions() throws InterruptedException {
        BaseImages images = new BaseImages(work, pool);
        return new Conversions(request, context, executor.platforms(), images, findings, pool).run();
    }

    private ExportRequest export(Map<Platform, Conversion> conversions, Map<Platform, Result> results) {
        List<PlatformImage> images = new ArrayList<>();
        conversions.forEach((platform, conversion) -> images.add(new PlatformImage(
                platform,
                results.get(platform),
                conversion.image().toJson(),
                conversion.baseImage().map(ImageConfig::toJson),
                conversion.sourceDateEpoch())));
        return new ExportRequest(images, request.platforms().size() > 1, request.outputs());
    }

    /** The merged graph, once the build has run. */
    BuildGraph graph() {
        return graph;
    }

    @Override
    public void close() {
        work.close();
    }
}
