package dev.slipway;

import dev.slipway.describe.CheckReport;
import dev.slipway.describe.TargetList;
import dev.slipway.describe.TargetOutline;
import dev.slipway.executor.Output;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.foreign.ForeignSearch;
import dev.slipway.frontend.Conversion;
import dev.slipway.graph.BuildGraph;
import dev.slipway.image.ImageConfig;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.MadeImages;
import dev.slipway.oci.output.Outputs;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.progress.Progress;
import dev.slipway.routing.Router;
import dev.slipway.solver.Solution;
import dev.slipway.solver.Solver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/** One build, from the request to the outputs: each step is one call with one value. */
final class Build implements AutoCloseable {

    private final BuildRequest request;
    private final VertexExecutor executor;
    private final Solver solver;
    private final ExecutorService pool;
    private final LocalContext local;
    private final LoadedContext context;
    private final Findings findings;
    private final VertexWork work;
    private BuildGraph graph;

    private Build(
            BuildRequest request,
            Engine engine,
            LocalContext local,
            LoadedContext context,
            Findings findings,
            VertexWork work) {
        this.request = request;
        this.executor = engine.executor();
        this.solver = engine.solver();
        this.pool = engine.pool();
        this.local = local;
        this.context = context;
        this.findings = findings;
        this.work = work;
    }

    /**
     * What builds run on.
     *
     * @param executor does the work
     * @param solver decides what is done
     * @param pool runs what can be done at the same time
     */
    record Engine(VertexExecutor executor, Solver solver, ExecutorService pool) {}

    /** What takes the place of an executor's work once the Dockerfile has been read. */
    interface StandIn {

        /** The work itself. */
        StandIn NONE = (work, fetched) -> work;

        VertexWork over(VertexWork work, Set<Digest> fetched);
    }

    /** Begins a build: finds its Dockerfile, wherever that is. */
    static Build open(BuildRequest request, Engine engine, StandIn standIn, Progress progress)
            throws InterruptedException {
        SpecialArguments.check(request.buildArgs());
        LocalContext local = Failures.translate(() -> LocalContext.of(request));
        try {
            VertexWork work = Failures.translate(() -> engine.executor().begin(local.session()));
            return open(request, engine, local, work, standIn, progress);
        } catch (RuntimeException | InterruptedException e) {
            local.close();
            throw e;
        }
    }

    private static Build open(
            BuildRequest request,
            Engine engine,
            LocalContext local,
            VertexWork work,
            StandIn standIn,
            Progress progress)
            throws InterruptedException {
        try {
            Failures.translate(() -> {
                request.outputs().forEach(Outputs::check);
                return work;
            });
            Fetcher fetcher = new Fetcher(work, engine.solver(), progress);
            LoadedContext context =
                    Failures.translate(() -> new ContextLoader(local, request.buildArgs(), fetcher).load());
            Findings findings = new Findings(context.file().data().toArray(), request);
            return new Build(request, engine, local, context, findings, standIn.over(work, context.fetched()));
        } catch (RuntimeException | InterruptedException e) {
            work.close();
            throw e;
        }
    }

    /** The conversion of each platform that was asked for. */
    Map<Platform, Conversion> convert() throws InterruptedException {
        return Failures.translate(context.file(), this::conversions);
    }

    BuildResult run(Progress progress) throws InterruptedException {
        return Failures.translate(context.file(), () -> {
            Map<Platform, Conversion> conversions = conversions();
            Solution solution = solve(conversions, progress);
            List<ForeignPrograms> foreign = foreignPrograms(solution);
            if (Thread.interrupted()) {
                throw new InterruptedException("the build was stopped before its outputs were written");
            }
            ImageSet images = images(conversions, solution);
            List<Output> outputs =
                    request.outputs().stream().map(CallerStream::guard).toList();
            Optional<MadeImages> made = Outputs.write(outputs, images, solution.outputs());
            return new BuildResult(images, made, findings.warnings(), foreign);
        });
    }

    /** Finds out what would be done, if the executor's work only imagines it. */
    void plan(Progress progress) throws InterruptedException {
        Failures.translate(context.file(), () -> solve(conversions(), progress));
    }

    private Solution solve(Map<Platform, Conversion> conversions, Progress progress) throws InterruptedException {
        Map<Platform, Definition> definitions = new LinkedHashMap<>();
        conversions.forEach((platform, conversion) -> definitions.put(platform, conversion.definition()));
        Router.route(definitions, List.of(executor));
        graph = BuildGraph.merge(definitions);
        Permissions.check(graph, local.session());
        return solver.solve(graph, work, progress);
    }

    private List<ForeignPrograms> foreignPrograms(Solution solution) throws InterruptedException {
        if (request.wrongArchitecture() == WrongArchitecture.OFF) {
            return List.of();
        }
        List<ForeignPrograms> found = new ForeignSearch(graph, solution, work).run();
        if (!found.isEmpty() && request.wrongArchitecture() == WrongArchitecture.ERROR) {
            String message = found.stream().map(ForeignPrograms::message).collect(Collectors.joining("; and "));
            throw new BuildException(message, found.get(0).locations(), null);
        }
        found.forEach(programs -> programs.step().ifPresent(step -> solution.warn(step, programs.message())));
        return found;
    }

    private Map<Platform, Conversion> conversions() throws InterruptedException {
        return conversions(new BaseImages(work, pool)).run();
    }

    private Conversions conversions(BaseImages images) {
        return new Conversions(request, local, context, executor.platforms(), images, findings, pool);
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

    private ImageSet images(Map<Platform, Conversion> conversions, Solution solution) {
        List<BuiltImage> images = new ArrayList<>();
        conversions.forEach((platform, conversion) -> images.add(work.image(
                solution.get(platform),
                new ImageSpec(
                        platform,
                        conversion.image().toJson(),
                        conversion.baseImage().map(ImageConfig::toJson),
                        conversion.sourceDateEpoch().isPresent()
                                ? Optional.of(Instant.ofEpochSecond(
                                        conversion.sourceDateEpoch().getAsLong()))
                                : Optional.empty()))));
        return new ImageSet(images, request.isMultiPlatform());
    }

    /** The merged graph, once the build has run. */
    BuildGraph graph() {
        return graph;
    }

    @Override
    public void close() {
        try {
            work.close();
        } finally {
            local.close();
        }
    }
}
