package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.attest.Provenance;
import dev.slipway.attest.Sbom;
import dev.slipway.cache.CacheExport;
import dev.slipway.cache.CacheImport;
import dev.slipway.context.ContextFiles;
import dev.slipway.context.ContextPlace;
import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to build. A request is immutable: each method returns a changed copy. Methods that take a map add
 * to the entries already present. The names are those of {@code docker buildx build}.
 *
 * <pre>{@code
 * BuildRequest request = BuildRequest.of(Path.of("."))
 *         .platforms("linux/amd64", "linux/arm64")
 *         .buildArg("VERSION", "1.4.0")
 *         .output(Output.ociLayout(Path.of("out")));
 * }</pre>
 */
public final class BuildRequest extends RequestSources {

    BuildRequest(ContextPlace context, RequestFields fields) {
        super(context, fields);
    }

    /** A request to build the Dockerfile in a folder, with that folder as the context. */
    public static BuildRequest of(Path context) {
        return ofPlace(new ContextPlace.Folder(requireNonNull(context, "context is null")));
    }

    /**
     * A request to build from a URL. It is either a git repository, such as {@code https://host/repository.git#branch:folder},
     * {@code git@host:repository.git?tag=v1}, {@code ssh://host/repository} or {@code github.com/owner/repository}; or a file
     * behind an http or https URL: an archive that contains the context, or a Dockerfile without a context.
     *
     * <p>The Dockerfile is read from there. {@code .dockerignore} has no effect, because nothing is sent from this machine.
     */
    public static BuildRequest ofUrl(String address) {
        return ofPlace(new ContextPlace.Address(GivenValues.notEmpty(address, "address")));
    }

    /**
     * A request to build from a file: either a tar archive that contains the context, uncompressed or compressed with gzip, bzip2,
     * xz or zstd, or a Dockerfile without a context. {@code docker build -} reads the same from standard input.
     *
     * @param file the file; it is read when the build begins, and must exist until the build ends
     */
    public static BuildRequest ofInput(Path file) {
        return ofPlace(new ContextPlace.Input(requireNonNull(file, "file is null")));
    }

    /**
     * A request to build the Dockerfile in a zip or jar file, with the files of the archive as the context. They keep the
     * permissions recorded in the archive.
     *
     * @param file the file; it is read when the build begins, and must exist until the build ends
     */
    public static BuildRequest ofZip(Path file) {
        return ofPlace(ContextPlace.zip(file));
    }

    /** A request to build the {@code Dockerfile} among these files, which are the context. */
    public static BuildRequest ofFiles(ContextFiles files) {
        return ofPlace(ContextPlace.files(files));
    }

    /**
     * A request to build the {@code Dockerfile} among these files, which are the context.
     *
     * @param files the content of each file by its path, such as {@code src/main.c}
     * @throws IllegalArgumentException if a path is invalid
     */
    public static BuildRequest ofFiles(Map<String, byte[]> files) {
        return ofFiles(ContextFiles.of(files));
    }

    /**
     * A request to build the Dockerfile in a folder on the class path or module path, with that folder as the context.
     *
     * @param beside a class in the same module; the name of the folder is relative to its package unless it begins with {@code /}
     * @param folder the folder, such as {@code /docker/app}
     * @throws IllegalArgumentException if there is no such folder, or it is neither on disk nor in a jar file
     */
    public static BuildRequest ofResources(Class<?> beside, String folder) {
        return ofPlace(ContextPlace.resources(beside, folder));
    }

    /** A request to build the Dockerfile in this place, with the files of this place as the context. */
    public static BuildRequest ofPlace(ContextPlace context) {
        return new BuildRequest(requireNonNull(context, "context is null"), RequestFields.NONE);
    }

    /** Builds the stage with this name instead of the last one. */
    public BuildRequest target(String stage) {
        return with(TARGET, Optional.of(GivenValues.notEmpty(stage, "stage")));
    }

    /**
     * Builds for these platforms.
     *
     * @param names such as {@code linux/arm64}; each may be a list with commas, as in {@code --platform}
     * @throws IllegalArgumentException if one of them is not a platform
     */
    public BuildRequest platforms(String... names) {
        return platforms(Arrays.asList(requireNonNull(names, "names is null")));
    }

    /**
     * Builds for these platforms.
     *
     * @param names such as {@code linux/arm64}
     * @throws IllegalArgumentException if one of them is not a platform
     */
    public BuildRequest platforms(Collection<String> names) {
        List<Platform> list = requireNonNull(names, "names is null").stream()
                .flatMap(name ->
                        Arrays.stream(requireNonNull(name, "platform is null").split(",")))
                .map(name -> Platform.parse(GivenValues.notEmpty(name.strip(), "platform"))
                        .normalized())
                .distinct()
                .toList();
        return with(PLATFORMS, list);
    }

    /** Sets a build argument. */
    public BuildRequest buildArg(String name, String value) {
        return plus(ARGUMENTS, GivenValues.entry(name, value));
    }

    /** Sets build arguments, by name. */
    public BuildRequest buildArgs(Map<String, String> values) {
        return plus(ARGUMENTS, requireNonNull(values, "values is null"));
    }

    /**
     * Sets a build argument for one platform. It takes precedence over the value for all platforms. The platform must be one of those
     * that are built.
     *
     * @param platform such as {@code linux/arm64}
     * @throws IllegalArgumentException if this is not a platform, or BuildKit itself reads this argument, for the whole build
     */
    public BuildRequest buildArg(String platform, String name, String value) {
        return buildArgs(platform, GivenValues.entry(name, value));
    }

    /**
     * Sets build arguments for one platform, by name, as {@link #buildArg(String, String, String)} does.
     *
     * @param platform such as {@code linux/arm64}
     * @throws IllegalArgumentException if this is not a platform, or BuildKit itself reads one of the arguments, for the whole build
     */
    public BuildRequest buildArgs(String platform, Map<String, String> values) {
        requireNonNull(platform, "platform is null");
        String key = Platform.parse(platform).normalized().formatAll();
        requireNonNull(values, "values is null").forEach((name, value) -> {
            PlatformArguments.check(name);
            requireNonNull(value, "value is null");
        });
        Map<String, String> more = PlatformArguments.plus(platformBuildArgs().getOrDefault(key, Map.of()), values);
        return plus(PLATFORM_ARGUMENTS, Map.of(key, more));
    }

    /** Sets a label of the image. */
    public BuildRequest label(String name, String value) {
        return plus(LABELS, GivenValues.entry(name, value));
    }

    /** Sets labels of the image, by name. */
    public BuildRequest labels(Map<String, String> values) {
        return plus(LABELS, requireNonNull(values, "values is null"));
    }

    /** Adds an output. */
    public BuildRequest output(Output output) {
        return plus(OUTPUTS, List.of(requireNonNull(output, "output is null")));
    }

    /** Adds outputs, in this order. */
    public BuildRequest outputs(Collection<Output> outputs) {
        return plus(OUTPUTS, List.copyOf(requireNonNull(outputs, "outputs is null")));
    }

    /**
     * Writes provenance beside each image: how it was made. Without this call none is written, so that the same input gives the same
     * index.
     */
    public BuildRequest provenance(Provenance wanted) {
        return with(PROVENANCE, Optional.of(requireNonNull(wanted, "wanted is null")));
    }

    /** Writes a list of contents (SBOM) beside each image, as a scanner finds it. */
    public BuildRequest sbom(Sbom wanted) {
        return with(SBOM, Optional.of(requireNonNull(wanted, "wanted is null")));
    }

    /**
     * Uses one more cache besides the store. If several have the result of a step, the newest is used. A cache that cannot be read is a
     * warning.
     */
    public BuildRequest cacheFrom(CacheImport cache) {
        return plus(CACHE_FROM, List.of(requireNonNull(cache, "cache is null")));
    }

    /** Writes the cache of the build to one more place, after the outputs. */
    public BuildRequest cacheTo(CacheExport cache) {
        return plus(CACHE_TO, List.of(requireNonNull(cache, "cache is null")));
    }

    /** Runs every step, without using the cache. */
    public BuildRequest noCache() {
        return with(NO_CACHE, true);
    }

    /** Runs every step of these stages, without using the cache. */
    public BuildRequest noCacheFilter(String... stages) {
        List<String> names = Arrays.stream(requireNonNull(stages, "stages is null"))
                .map(stage -> requireNonNull(stage, "stage is null"))
                .toList();
        return with(NO_CACHE_STAGES, names);
    }

    /**
     * Offers a secret to steps that mount it. {@code SecretSource.text("...")} is a constant.
     *
     * @param source called only when a step that mounts the secret runs
     */
    public BuildRequest secret(String id, SecretSource source) {
        return plus(SECRETS, GivenValues.entry(id, source));
    }

    /** Offers secrets to steps that mount them, by id. */
    public BuildRequest secrets(Map<String, ? extends SecretSource> sources) {
        return plus(SECRETS, requireNonNull(sources, "sources is null"));
    }

    /** Offers an SSH agent to steps that mount it; the usual id is {@code default}. */
    public BuildRequest sshAgent(String id, Path socket) {
        return plus(SSH_AGENTS, GivenValues.entry(id, socket));
    }

    /** Offers SSH agents to steps that mount them, by id. */
    public BuildRequest sshAgents(Map<String, Path> sockets) {
        return plus(SSH_AGENTS, requireNonNull(sockets, "sockets is null"));
    }

    /** Says what to do about programs in an image that its platform cannot run. The default is a warning. */
    public BuildRequest wrongArchitecture(WrongArchitecture reaction) {
        return with(WRONG_ARCHITECTURE, requireNonNull(reaction, "reaction is null"));
    }

    /** Skips Slipway's own checks for builds for several platforms. */
    public BuildRequest withoutPlatformChecks() {
        return with(PLATFORM_CHECKS, false);
    }

    /**
     * Stops the build if it takes longer than this. The failure says which steps were running.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public BuildRequest timeout(Duration limit) {
        requireNonNull(limit, "limit is null");
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the timeout is " + limit + "; it must be positive");
        }
        return with(TIMEOUT, Optional.of(limit));
    }

    /** Whether the result is an index, and names of steps contain the platform. */
    boolean isMultiPlatform() {
        return SpecialArguments.multiPlatform(buildArgs(), platforms().size());
    }
}
