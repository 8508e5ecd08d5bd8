package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.backend.Backend;
import dev.slipway.backend.Backend.Built;
import dev.slipway.backend.BaseImages;
import dev.slipway.backend.Engines;
import dev.slipway.backend.ForeignFinding;
import dev.slipway.backend.Permissions;
import dev.slipway.backend.Share;
import dev.slipway.backend.SideBySide;
import dev.slipway.caller.CallerStream;
import dev.slipway.context.load.ContextLoader;
import dev.slipway.context.load.LoadedContext;
import dev.slipway.context.load.LocalContext;
import dev.slipway.describe.CheckReport;
import dev.slipway.describe.TargetList;
import dev.slipway.describe.TargetOutline;
import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.foreign.ForeignPrograms;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.graph.BuildGraph;
import dev.slipway.inspect.DockerfileChecks;
import dev.slipway.inspect.DockerfileTargets;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Platform;
import dev.slipway.lock.Lock;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.MadeImages;
import dev.slipway.oci.output.Outputs;
import dev.slipway.oci.output.Targets;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.plan.Plan;
import dev.slipway.planning.PlanPart;
import dev.slipway.planning.Planner;
import dev.slipway.progress.Progress;
import dev.slipway.report.OutputEvents;
import dev.slipway.routing.Router;
import dev.slipway.solver.cache.ImportedCache;
import dev.slipway.sources.BundleMaker;
import dev.slipway.sources.LockMaker;
import dev.slipway.sources.SourceFinding;
import dev.slipway.sources.SourceRules;
import dev.slipway.sources.Sources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One build, from the request to the outputs: each step is one call with one value. */
final class Build implements AutoCloseable {

    private final BuildRequest request;
    private final Engines engines;
    private final LocalContext local;
    private final BuildSession session;
    private final LoadedContext context;
    private final Findings findings;
    private final Sources sources;
    private final Attestations attestations;
    private final Caches caches;
    private final Map<BuildExecutor, Backend> backends = new ConcurrentHashMap<>();
    private final Backend first;
    private final BaseImages lookups;
    private List<Platform> platforms = List.of();
    private Map<Platform, Conversion> conversions = Map.of();

    private Build(
            BuildRequest request,
            Engines engines,
            LocalContext local,
            BuildSession session,
            LoadedContext context,
            Findings findings,
            Sources sources,
            Attestations attestations,
            Backend first) {
        this.request = request;
        this.engines = engines;
        this.local = local;
        this.session = session;
        this.context = context;
        this.findings = findings;
        this.sources = sources;
        this.attestations = attestations;
        this.caches = new Caches(request, engines.registries());
        this.first = first;
        this.lookups =
                new BaseImages(first.work(), engines.pool(), engines.client().substitution());
        backends.put(first.executor(), first);
    }

    /** Begins a build: finds its Dockerfile, wherever that is. */
    static Build open(BuildRequest request, Engines engines, Progress progress) throws InterruptedException {
        SpecialArguments.check(request.buildArgs());
        Optional<Path> temporary = engines.client().temporaryFolder();
        LocalContext local = Failures.translate(
                () -> LocalContext.of(request.context(), request.dockerfile(), request.buildContexts(), temporary));
        try {
            return open(request, engines, local, progress);
        } catch (RuntimeException | InterruptedException e) {
            local.close();
            throw e;
        }
    }

    private static Build open(BuildRequest request, Engines engines, LocalContext local, Progress progress)
            throws InterruptedException {
        SourceRules rules = Failures.translate(() -> RequestRules.of(request));
        Sources sources = new Sources(rules);
        BuildSession session = RequestRules.session(Sessions.of(request, local.files(), engines.client()), rules);
        Backend first = Failures.translate(() -> engines.begin(engines.first(), session));
        try {
            return Failures.translate(() -> {
                Attestations attestations = Attestations.of(request);
                // What is said about an image stands beside it in an index.
                boolean hasIndex = request.isMultiPlatform() || attestations.areWanted();
                Targets targets = new Targets(request.platforms(), hasIndex);
                request.outputs().forEach(output -> Outputs.check(output, targets));
                attestations.checkPlaces();
                LoadedContext context = new ContextLoader(
                                local,
                                definition -> first.fetch(sources.apply(definition), progress),
                                SpecialArguments.keepsGitFolder(request.buildArgs()),
                                SpecialArguments.asksCommitTime(request.buildArgs()),
                                request.hasRegoPolicy())
                        .load();
                rules.lock()
                        .ifPresent(lock -> RequestRules.checkDockerfile(
                                lock, name(context.file().name())));
                Findings findings = new Findings(context.file().data().toArray(), request);
                return new Build(request, engines, local, session, context, findings, sources, attestations, first);
            });
        } catch (RuntimeException | InterruptedException e) {
            first.close();
            throw e;
        }
    }

    /** The conversion of each platform that was asked for. */
    Map<Platform, Conversion> convert() throws InterruptedException {
        return Failures.translate(context.file(), this::conversions);
    }

    BuildResult run(Progress progress) throws InterruptedException {
        return Failures.translate(context.file(), () -> {
            List<Share> shares = shares();
            shares.forEach(share -> attestations.check(share.graph(), context));
            return caches.using(progress, imported -> run(shares, imported, progress));
        });
    }

    private BuildResult run(List<Share> shares, ImportedCache imported, Progress progress) throws InterruptedException {
        List<SideBySide.Task<Built>> tasks = new ArrayList<>();
        Map<Platform, BuiltImage> images = new LinkedHashMap<>();
        boolean looksForForeign = request.wrongArchitecture() != WrongArchitecture.OFF;
        for (Share share : shares) {
            tasks.add(() -> backend(share.executor()).build(share, imported, looksForForeign, progress));
        }
        List<ForeignFinding> foreign = new ArrayList<>();
        List<Built> all = SideBySide.run(tasks);
        for (Built built : all) {
            built.images().forEach(image -> images.put(image.spec().platform(), image));
            foreign.addAll(built.foreign());
        }
        List<ForeignPrograms> programs = judge(foreign);
        if (Thread.interrupted()) {
            throw new InterruptedException("the build was stopped before its outputs were written");
        }
        Map<Platform, List<Attestation>> said = said(shares, all, progress);
        ImageSet set = new ImageSet(
                platforms.stream().map(images::get).toList(),
                request.isMultiPlatform(),
                platforms.stream().map(said::get).toList(),
                caches.inline(all));
        List<Output> outputs =
                request.outputs().stream().map(CallerStream::guard).toList();
        caches.fetchFor(outputs, set);
        Optional<MadeImages> made = Optional.empty();
        if (!outputs.isEmpty()) {
            OutputEvents events = new OutputEvents(progress, Clock.systemUTC());
            made = events.write(() -> Outputs.write(outputs, set, engines.registries(), events));
        }
        caches.write(all, imported, progress);
        return new BuildResult(set, made, engines.registries(), findings.warnings(), programs);
    }

    /** What is said about the image of each platform. */
    private Map<Platform, List<Attestation>> said(List<Share> shares, List<Built> built, Progress progress)
            throws InterruptedException {
        Map<Platform, List<Attestation>> said = new HashMap<>();
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            for (Platform platform : share.graph().platforms()) {
                said.put(
                        platform,
                        attestations.of(
                                platform,
                                new Attestations.Made(
                                        requireNonNull(conversions.get(platform)),
                                        lookups.found(),
                                        share,
                                        backend(share.executor()),
                                        built.get(i)),
                                local,
                                context,
                                progress));
            }
        }
        return said;
    }

    /** Finds out what would be done. */
    Plan plan() throws InterruptedException {
        return Failures.translate(context.file(), () -> {
            List<PlanPart> parts = new ArrayList<>();
            ImportedCache imported = caches.read(Progress.none());
            for (Share share : shares()) {
                List<BuildEvent> events = new ArrayList<>();
                backend(share.executor()).plan(share, imported, events::add);
                parts.add(new PlanPart(share.graph(), share.executor(), events));
            }
            return Planner.plan(platforms, parts);
        });
    }

    /** The work is not begun before it is needed: most builds need one executor. */
    private Backend backend(BuildExecutor executor) {
        return backends.computeIfAbsent(executor, wanted -> engines.begin(wanted, session));
    }

    /** What each executor does, those that have nothing to do left out. */
    private List<Share> shares() throws InterruptedException {
        Map<Platform, Definition> definitions = new LinkedHashMap<>();
        Map<Platform, ImageSpec> specs = new LinkedHashMap<>();
        conversions = conversions();
        conversions.forEach((platform, conversion) -> {
            definitions.put(platform, conversion.definition());
            specs.put(platform, spec(platform, conversion));
        });
        platforms = List.copyOf(definitions.keySet());
        Map<BuildExecutor, Map<Platform, Definition>> routes = new LinkedHashMap<>();
        Router.route(definitions, engines.candidates())
                .forEach((platform, executor) -> routes.computeIfAbsent(executor, key -> new LinkedHashMap<>())
                        .put(platform, definitions.get(platform)));
        List<Share> shares = new ArrayList<>();
        routes.forEach((executor, own) -> {
            BuildGraph graph = BuildGraph.merge(own);
            Permissions.check(graph, session);
            shares.add(new Share(
                    executor, graph, own.keySet().stream().map(specs::get).toList()));
        });
        return shares;
    }

    private static ImageSpec spec(Platform platform, Conversion conversion) {
        OptionalLong epoch = conversion.sourceDateEpoch();
        return new ImageSpec(
                platform,
                conversion.image().toJson(),
                conversion.baseImage().map(ImageConfig::toJson),
                epoch.isPresent() ? Optional.of(Instant.ofEpochSecond(epoch.getAsLong())) : Optional.empty());
    }

    private List<ForeignPrograms> judge(List<ForeignFinding> findings) {
        List<ForeignPrograms> found =
                findings.stream().map(ForeignFinding::programs).toList();
        if (!found.isEmpty() && request.wrongArchitecture() == WrongArchitecture.ERROR) {
            String message = found.stream().map(ForeignPrograms::message).collect(Collectors.joining("; and "));
            throw new BuildException(message, found.get(0).locations(), null);
        }
        findings.forEach(finding -> finding.warn().run());
        return found;
    }

    /** Of sources that are not what they should be all are said at once, and before anything is built of them. */
    private Map<Platform, Conversion> conversions() throws InterruptedException {
        Map<Platform, Conversion> conversions = new LinkedHashMap<>();
        try {
            conversions(images())
                    .run()
                    .forEach((platform, conversion) -> conversions.put(platform, conversion.with(sources::apply)));
        } catch (FrontendException e) {
            // What stands on an image that is missing may make no sense.
            if (sources.isImageMissing()) {
                checkSources();
            }
            throw e;
        }
        checkSources();
        return conversions;
    }

    private void checkSources() throws InterruptedException {
        List<SourceFinding> found = sources.check(first.work(), first::knows);
        if (!found.isEmpty()) {
            throw RequestRules.failure(request, found);
        }
    }

    private ImageResolver images() {
        return sources.images(lookups);
    }

    private Conversions conversions(ImageResolver images) {
        return new Conversions(request, local, context, engines.platforms(), images, findings, engines.pool());
    }

    /** What BuildKit's checks find, and, if the Dockerfile can be converted, what ours find. */
    CheckReport check() throws InterruptedException {
        return Failures.translate(context.file(), () -> {
            ImageResolver images = images();
            CheckReport report =
                    DockerfileChecks.run(context.file(), conversions(images).first(), images);
            if (report.failure().isPresent()) {
                return report;
            }
            Dockerfile dockerfile = DockerfileParser.parse(context.file().data().toArray());
            findings.lookAtPlatforms(dockerfile, engines.platforms().get(0).platform());
            return report.with(findings.warnings());
        });
    }

    /** What everything is that the build takes from outside. */
    Lock lock() throws InterruptedException {
        return Failures.translate(context.file(), () -> {
            SortedSet<String> names = new TreeSet<>();
            for (Platform platform : conversions().keySet()) {
                names.add(platform.normalized().formatAll());
            }
            Dockerfile dockerfile = DockerfileParser.parse(context.file().data().toArray());
            return new LockMaker(sources)
                    .make(
                            name(context.file().name()),
                            request.target().orElse(""),
                            names,
                            FrontendImages.of(dockerfile, request.buildArgs(), lookups),
                            first.work());
        });
    }

    /** Writes all that the build takes from outside where a build without a network finds it. */
    Lock bundle(Path target, Progress progress) throws InterruptedException {
        Lock lock = lock();
        return Failures.translate(context.file(), () -> {
            new BundleMaker(sources, lock).write(target, first.work(), definition -> first.fetch(definition, progress));
            return lock;
        });
    }

    /** Without its folder, whatever the system calls that. */
    private static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
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
                () -> DockerfileTargets.list(
                        DockerfileParser.parse(context.file().data().toArray()), context.file()));
    }

    @Override
    public void close() {
        try {
            backends.values().forEach(Backend::close);
        } finally {
            local.close();
        }
    }
}
