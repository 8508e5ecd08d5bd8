package dev.slipway.frontend.stage;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.SbomScanner;
import dev.slipway.frontend.graph.ExecNode;
import dev.slipway.frontend.graph.GraphMarshaller;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.source.ImageSource;
import dev.slipway.frontend.value.GoNumbers;
import dev.slipway.llb.Definition;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.oci.config.ContainerConfig;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.config.InvalidImageConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The step that lists the contents of a target: a process in the scanner's image, whose output is a folder of statements. */
final class SbomScan {

    private static final String CONTEXT = "BUILDKIT_SBOM_SCAN_CONTEXT";
    private static final String STAGE = "BUILDKIT_SBOM_SCAN_STAGE";
    private static final String CORE = "/run/src/core/sbom";
    private static final String EXTRAS = "/run/src/extras";
    private static final String OUTPUT = "/run/out/";

    private final ConversionScope scope;
    private final SbomScanner scanner;
    private final Platform platform;

    SbomScan(ConversionScope scope, SbomScanner scanner) {
        this.scope = scope;
        this.scanner = scanner;
        this.platform = scope.request().buildPlatforms().get(0);
    }

    /**
     * How the statements are made.
     *
     * @param shown the platform of the target, as progress names it
     * @throws FrontendException if there is no such scanner, or it cannot be run
     */
    Definition of(StageBuild target, String shown) {
        ResolvedImage found = resolve();
        ImageReference image = ImageReference.parse(found.reference()).withDigest(found.digest());
        ContainerConfig config = config(found);
        SortedMap<String, Root> extras = extras(target);
        List<ExecNode.Source> mounts = new ArrayList<>();
        Metadata source = Metadata.named("[" + shown + "] FROM " + image);
        mounts.add(mount(
                ImageSource.of(image.toString(), platform, scope.request().resolveMode(), source),
                "/",
                Op.NONE,
                false));
        mounts.add(mount(Root.SCRATCH, OUTPUT, 0, false));
        mounts.add(mount(target.root(), CORE, Op.NONE, true));
        extras.forEach((name, root) -> mounts.add(mount(root, EXTRAS + "/sbom-" + name, Op.NONE, true)));
        mounts.add(
                new ExecNode.Source(Root.SCRATCH, Mount.of(Op.NONE, "", "/tmp", Op.NONE, false, new Mount.Tmpfs(0))));
        mounts.sort(Comparator.comparing(mount -> mount.mount().destination()));
        ExecOp process = new ExecOp(
                meta(config, !extras.isEmpty()),
                List.of(),
                NetworkMode.UNSET,
                SecurityMode.SANDBOX,
                List.of(),
                List.of());
        Metadata metadata = Metadata.named("[" + shown + "] generating sbom using " + scanner.image())
                .ignoreCache(reached(target).stream()
                        .anyMatch(stage ->
                                stage == target && stage.ignoreCache() || scans(stage, STAGE) && stage.ignoreCache()))
                .capability("exec.meta.base")
                .capability("exec.mount.bind")
                .capability("exec.mount.tmpfs");
        return GraphMarshaller.marshal(
                Root.of(new ExecNode(process, mounts, Optional.of(platform), metadata.build())), platform);
    }

    private static ExecNode.Source mount(Root root, String path, int output, boolean readOnly) {
        return new ExecNode.Source(root, Mount.of(Op.NONE, "", path, output, readOnly, new Mount.Bind()));
    }

    private ResolvedImage resolve() {
        try {
            return scope.images()
                    .resolve(new ImageRequest(
                            scanner.image().toString(),
                            platform,
                            Optional.empty(),
                            scope.request().resolveMode()));
        } catch (ExecutorException e) {
            throw new FrontendException("sbom scanner " + scanner.image() + ": " + e.getMessage(), Optional.empty(), e);
        }
    }

    private ContainerConfig config(ResolvedImage found) {
        ContainerConfig config;
        try {
            config = ImageConfig.parse(found.config()).config();
        } catch (InvalidImageConfigException e) {
            throw new FrontendException("sbom scanner " + scanner.image() + ": " + e.getMessage(), Optional.empty(), e);
        }
        if (config.entrypoint().isEmpty() && config.command().isEmpty()) {
            throw new FrontendException("scanner " + scanner.image() + " does not have cmd");
        }
        return config;
    }

    private ProcessMeta meta(ContainerConfig config, boolean hasExtras) {
        List<String> arguments = new ArrayList<>(config.entrypoint());
        arguments.addAll(config.command());
        Environment environment = new Environment();
        config.environment().forEach(assignment -> put(environment, assignment));
        environment.put("BUILDKIT_SCAN_DESTINATION", OUTPUT);
        environment.put("BUILDKIT_SCAN_SOURCE", CORE);
        if (hasExtras) {
            environment.put("BUILDKIT_SCAN_SOURCE_EXTRAS", EXTRAS);
        }
        scanner.parameters().forEach((name, value) -> environment.put("BUILDKIT_SCAN_" + name, value));
        return new ProcessMeta(
                arguments,
                environment.assignments(),
                config.workingDirectory().isEmpty() ? "/" : config.workingDirectory(),
                "",
                Optional.empty(),
                List.of(),
                "",
                List.of(),
                "",
                false,
                List.of());
    }

    private static void put(Environment environment, String assignment) {
        int end = assignment.indexOf('=');
        environment.put(end < 0 ? assignment : assignment.substring(0, end), assignment.substring(end + 1));
    }

    /** What is scanned besides the target: the context if the target asks for it, and other stages that ask for it. */
    private SortedMap<String, Root> extras(StageBuild target) {
        SortedMap<String, Root> extras = new TreeMap<>();
        if (scans(target, CONTEXT)) {
            extras.put("context", scope.files().root());
        }
        for (StageBuild stage : reached(target)) {
            if (stage != target && scans(stage, STAGE)) {
                extras.put(stage.name(), stage.root());
            }
        }
        return extras;
    }

    private Set<StageBuild> reached(StageBuild target) {
        return scope.stages().neededBy(target);
    }

    /** An argument names stages, or says yes or no for all; one in a stage overrides one before the first stage. */
    private boolean scans(StageBuild stage, String argument) {
        if (stage.isImplied() || stage.replacement().isPresent()) {
            return false;
        }
        return stage.content()
                .arguments()
                .value(argument)
                .or(() -> scope.globals().values().get(argument))
                .map(value -> GoNumbers.parseBool(value)
                        .orElseGet(() -> List.of(value.split(",")).contains(stage.name())))
                .orElse(false);
    }
}
