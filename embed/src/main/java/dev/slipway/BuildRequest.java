package dev.slipway;

import static java.util.Objects.requireNonNull;

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
 * What to build. A request is immutable; each method returns a changed copy, and methods with a
 * map add to what is there. The words are those of {@code docker buildx
 * build}.
 *
 * <pre>{@code
 * BuildRequest request = BuildRequest.of(Path.of("."))
 *         .platforms("linux/amd64", "linux/arm64")
 *         .buildArg("VERSION", "1.4.0")
 *         .output(Output.ociLayout(Path.of("out")));
 * }</pre>
 */
public final class BuildRequest extends RequestSteps {

    BuildRequest(ContextPlace context, RequestFields fields) {
        super(context, fields);
    }

    /** A request to build the Dockerfile of a folder, with that folder as its context. */
    public static BuildRequest of(Path context) {
        return ofPlace(new ContextPlace.Folder(requireNonNull(context, "context is null")));
    }

    /**
     * A request to build what is behind an address: a git repository, such as {@code https://host/repository.git#branch:folder},
     * {@code git@host:repository.git?tag=v1}, {@code ssh://host/repository} or {@code github.com/owner/repository}; or else a
     * file behind an http or https URL, which is an archive with the context in it, or a Dockerfile without a context.
     *
     * <p>The Dockerfile is read from there, and no {@code .dockerignore} counts: nothing is sent from here.
     */
    public static BuildRequest ofUrl(String address) {
        return ofPlace(new ContextPlace.Address(GivenValues.notEmpty(address, "address")));
    }

    /**
     * A request to build what a file holds: a tar archive with the context in it, compressed with gzip, bzip2, xz or zstd or
     * not at all, or a Dockerfile, which has no context then. This is what {@code docker build -} reads from its standard input.
     *
     * @param file is read when the build begins, and has to stay until it ends
     */
    public static BuildRequest ofInput(Path file) {
        return ofPlace(new ContextPlace.Input(requireNonNull(file, "file is null")));
    }

    /**
     * A request to build the Dockerfile that is in a zip or jar file, with the archive's files as the context. They keep the
     * permissions that the archive has for them.
     *
     * @param file is read when the build begins, and has to stay until it ends
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
     * @param files their content by their paths, such as {@code src/main.c}
     * @throws IllegalArgumentException if a path makes no sense
     */
    public static BuildRequest ofFiles(Map<String, byte[]> files) {
        return ofFiles(ContextFiles.of(files));
    }

    /**
     * A request to build the Dockerfile of a folder on the class path or module path, with that folder as its context.
     *
     * @param beside a class of the folder's module, which the folder is beside unless its name begins with {@code /}
     * @param folder such as {@code /docker/app}
     * @throws IllegalArgumentException if there is no such folder, or it is neither in a folder nor in a jar file
     */
    public static BuildRequest ofResources(Class<?> beside, String folder) {
        return ofPlace(ContextPlace.resources(beside, folder));
    }

    /** A request to build the Dockerfile that is in this place, with the files of this place as its context. */
    public static BuildRequest ofPlace(ContextPlace context) {
        return new BuildRequest(requireNonNull(context, "context is null"), RequestFields.NONE);
    }

    /** Builds the stage of this name instead of the last one. */
    public BuildRequest target(String stage) {
        return with(TARGET, Optional.of(GivenValues.notEmpty(stage, "stage")));
    }

    /**
     * Builds for these platforms.
     *
     * @param names such as {@code linux/arm64}; each may be a list with commas, as in {@code --platform}
     * @throws IllegalArgumentException if one of them is no platform
     */
    public BuildRequest platforms(String... names) {
        return platforms(Arrays.asList(requireNonNull(names, "names is null")));
    }

    /**
     * Builds for these platforms.
     *
     * @param names such as {@code linux/arm64}
     * @throws IllegalArgumentException if one of them is no platform
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

    /** Gives a build argument a value. */
    public BuildRequest buildArg(String name, String value) {
        return plus(ARGUMENTS, GivenValues.entry(name, value));
    }

    /** Gives build arguments values, by name. */
    public BuildRequest buildArgs(Map<String, String> values) {
        return plus(ARGUMENTS, requireNonNull(values, "values is null"));
    }

    /**
     * Gives a build argument a value for one platform, which comes before the value for all. The platform has to be one that is
     * built for.
     *
     * @param platform such as {@code linux/arm64}
     * @throws IllegalArgumentException if this is no platform, or the argument is one that BuildKit itself reads for the whole
     *     build
     */
    public BuildRequest buildArg(String platform, String name, String value) {
        requireNonNull(platform, "platform is null");
        String key = Platform.parse(platform).normalized().formatAll();
        PlatformArguments.check(name);
        Map<String, String> more =
                PlatformArguments.plus(platformBuildArgs().getOrDefault(key, Map.of()), GivenValues.entry(name, value));
        return plus(PLATFORM_ARGUMENTS, Map.of(key, more));
    }

    /** Puts a label on the image. */
    public BuildRequest label(String name, String value) {
        return plus(LABELS, GivenValues.entry(name, value));
    }

    /** Puts labels on the image, by name. */
    public BuildRequest labels(Map<String, String> values) {
        return plus(LABELS, requireNonNull(values, "values is null"));
    }

    /** Writes one more output. */
    public BuildRequest output(Output output) {
        return plus(OUTPUTS, List.of(requireNonNull(output, "output is null")));
    }

    /** Runs every step, whatever the cache holds. */
    public BuildRequest noCache() {
        return with(NO_CACHE, true);
    }

    /** Runs every step of these stages, whatever the cache holds. */
    public BuildRequest noCacheFilter(String... stages) {
        List<String> names = Arrays.stream(requireNonNull(stages, "stages is null"))
                .map(stage -> requireNonNull(stage, "stage is null"))
                .toList();
        return with(NO_CACHE_STAGES, names);
    }

    /** Asks registries for every base image, even where the store has one. */
    public BuildRequest pull() {
        return with(PULL, true);
    }

    /**
     * Offers a secret to steps that mount it. {@code SecretSource.text("...")} is a constant one.
     *
     * @param source is asked when a step runs that mounts the secret, and not before
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

    /** What becomes of programs in an image that its platform does not run; without this, there is a warning. */
    public BuildRequest wrongArchitecture(WrongArchitecture reaction) {
        return with(WRONG_ARCHITECTURE, requireNonNull(reaction, "reaction is null"));
    }

    /** Leaves out Slipway's own checks, which look for what goes wrong in builds for several platforms. */
    public BuildRequest withoutPlatformChecks() {
        return with(PLATFORM_CHECKS, false);
    }

    /**
     * Stops the build if it takes longer. It fails then, and says which steps ran.
     *
     * @throws IllegalArgumentException if this is no time at all
     */
    public BuildRequest timeout(Duration limit) {
        requireNonNull(limit, "limit is null");
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the timeout is " + limit + "; it must be positive");
        }
        return with(TIMEOUT, Optional.of(limit));
    }

    /** Whether the result is an index and the names of steps tell platforms apart. */
    boolean isMultiPlatform() {
        return SpecialArguments.multiPlatform(buildArgs(), platforms().size());
    }
}
