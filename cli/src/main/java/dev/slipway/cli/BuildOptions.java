package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.llb.Platform;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what to build, shared by every command that reads a Dockerfile. */
final class BuildOptions {

    /** What buildx calls the platform of the machine. */
    private static final String LOCAL = "local";

    @Mixin
    private ContextOptions context;

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            description = "Platforms to build for, such as linux/amd64,linux/arm64; local is this machine's.")
    private List<String> platforms = List.of();

    @Option(names = "--target", paramLabel = "STAGE", description = "Stage to build (default: the last one).")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--build-arg",
            paramLabel = "NAME[=VALUE]",
            description = "Set an ARG; without a value, it is taken from the environment.")
    private List<String> buildArgs = List.of();

    @Option(names = "--label", paramLabel = "NAME[=VALUE]", description = "Set a label of the image.")
    private List<String> labels = List.of();

    @Option(
            names = "--build-context",
            paramLabel = "NAME=VALUE",
            description = "A named context: a folder, docker-image://REF, oci-layout://FOLDER[:TAG], target:STAGE,"
                    + " a git repository or a URL; NAME::PLATFORM=VALUE for one platform only.")
    private List<String> buildContexts = List.of();

    @Option(names = "--no-cache", description = "Run every step; do not use the cache.")
    private boolean noCache;

    @Option(
            names = "--no-cache-filter",
            split = ",",
            paramLabel = "STAGE",
            description = "Run every step of these stages; do not use the cache.")
    private List<String> noCacheFilter = List.of();

    @Mixin
    private SourceOptions sources;

    @Mixin
    private SecretOptions secrets;

    @Mixin
    private StepOptions steps;

    @Option(names = "--no-platform-checks", description = "Skip Slipway's own checks for multi-platform builds.")
    private boolean noPlatformChecks;

    /** Where the lock file is or will be; empty if neither it nor the Dockerfile is on this machine. */
    Optional<Path> lockFile() {
        return sources.lockFile(context.folder());
    }

    BuildRequest request() {
        BuildRequest request = context.request();
        // As in docker, an empty one is none.
        if (target.isPresent() && !target.get().isEmpty()) {
            request = request.target(target.get());
        }
        if (!platforms.isEmpty()) {
            request = platforms(request);
        }
        request = buildArgs(request);
        request = labels(request);
        request = buildContexts(request);
        request = noCache ? request.noCache() : request;
        request = noCacheFilter.isEmpty() ? request : request.noCacheFilter(noCacheFilter.toArray(String[]::new));
        request = sources.apply(request, context.folder());
        request = noPlatformChecks ? request.withoutPlatformChecks() : request;
        return steps.apply(secrets.apply(request));
    }

    private BuildRequest platforms(BuildRequest request) {
        try {
            return request.platforms(platforms.stream()
                    .flatMap(list -> Arrays.stream(list.split(",")))
                    .map(name -> name.strip().equalsIgnoreCase(LOCAL)
                            ? Platform.host().formatAll()
                            : name)
                    .toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--platform " + String.join(",", platforms) + ": " + e.getMessage());
        }
    }

    private BuildRequest buildArgs(BuildRequest request) {
        BuildRequest result = request;
        for (String argument : buildArgs) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (name.isEmpty()) {
                throw new UsageException(
                        "--build-arg " + argument + ": expected NAME=VALUE, or the NAME of a variable");
            }
            String value = equals < 0 ? System.getenv(name) : argument.substring(equals + 1);
            if (value != null) {
                result = result.buildArg(name, value);
            }
        }
        return result;
    }

    /** A label without a value has an empty one, as in docker. */
    private BuildRequest labels(BuildRequest request) {
        BuildRequest result = request;
        for (String label : labels) {
            int equals = label.indexOf('=');
            String name = equals < 0 ? label : label.substring(0, equals);
            if (name.isEmpty()) {
                throw new UsageException("--label " + label + ": expected NAME=VALUE");
            }
            result = result.label(name, equals < 0 ? "" : label.substring(equals + 1));
        }
        return result;
    }

    private BuildRequest buildContexts(BuildRequest request) {
        BuildRequest result = request;
        for (String context : buildContexts) {
            // As in buildx, an empty one, such as a variable that is not set, is none.
            if (context.isEmpty()) {
                continue;
            }
            int equals = context.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--build-context " + context + ": expected NAME=VALUE");
            }
            result = result.buildContext(context.substring(0, equals), context.substring(equals + 1));
        }
        return result;
    }
}
