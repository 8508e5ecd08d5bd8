package dev.slipway;

import dev.slipway.describe.CheckReport;
import dev.slipway.describe.TargetList;
import dev.slipway.describe.TargetOutline;
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
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.tree.Dockerfile;
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
        return conversions(new BaseImages(work, pool)).run();
    }

    private Conversions conversions(BaseImages images) {
        return new Conversions(request, context, executor.platforms(), images, findings, pool);
    }

    /** What BuildKit's checks find, and, if the Dockerfile can be converted, what ours find. */
    CheckReport check() throws InterruptedException {
        return Failures.translate(context.file(), () -> {
            BaseImages images = new BaseImages(work, pool);
            CheckReport report =
                    CheckReport.of(context.file(), conversions(images).first(), images);
            if (report.failure().isPresent()) {
                return report;
            }
            Dockerfile dockerfile = DockerfileParser.parse(context.file().data().toArray());
            findings.lookAtPlatforms(dockerfile, executor.platforms().get(0).platform());
            return report.with(findings.warnings());
        });
    }

    /** What the target asks of the one who builds it. */
    TargetOutline outline() throws InterruptedException {
        Conversion first = convert().values().iterator().next();
        return new TargetOutline(first.outline(), context.file());
    }

    /** What can be built of the Dockerfile. */
    TargetList targets() {
        return Failures.quickly(
                context.file(),
                () -> TargetList.of(DockerfileParser.parse(context.file().data().toArray()), context.file()));
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
