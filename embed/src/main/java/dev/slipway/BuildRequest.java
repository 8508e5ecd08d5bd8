package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.Output;
import dev.slipway.frontend.value.ExtraHosts;
import dev.slipway.frontend.value.LinuxResource;
import dev.slipway.frontend.value.Ulimits;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.ExecOp.CdiDevice;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta.HostIp;
import dev.slipway.llb.ProcessMeta.Ulimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What to build. A request is immutable; each method returns a changed copy. The words are those of {@code docker buildx
 * build}.
 *
 * <pre>{@code
 * BuildRequest request = BuildRequest.of(Path.of("."))
 *         .platforms("linux/amd64", "linux/arm64")
 *         .buildArg("VERSION", "1.4.0")
 *         .output(Output.ociLayout(Path.of("out")));
 * }</pre>
 */
public final class BuildRequest {

    private static final Set<String> ENTITLEMENTS = Set.of("network.host", "security.insecure", "device");

    private ContextPlace context;
    private Optional<DockerfilePlace> dockerfile = Optional.empty();
    private Optional<String> target = Optional.empty();
    private List<Platform> platforms = List.of();
    private SortedMap<String, String> buildArgs = new TreeMap<>();
    private SortedMap<String, String> labels = new TreeMap<>();
    private Map<String, NamedPlace> buildContexts = Map.of();
    private List<Output> outputs = List.of();
    private boolean noCache;
    private List<String> noCacheFilter = List.of();
    private boolean pull;
    private SortedMap<String, SecretSource> secrets = new TreeMap<>();
    private SortedMap<String, Path> sshAgents = new TreeMap<>();
    private List<HostIp> extraHosts = List.of();
    private List<Ulimit> ulimits = List.of();
    private SortedMap<String, String> resources = new TreeMap<>();
    private List<CdiDevice> devices = List.of();
    private long shmSize;
    private NetworkMode network = NetworkMode.UNSET;
    private String cgroupParent = "";
    private List<String> entitlements = List.of();
    private WrongArchitecture wrongArchitecture = WrongArchitecture.WARN;
    private boolean platformChecks = true;

    private BuildRequest() {}

    /** A request to build the Dockerfile of a folder, with that folder as its context. */
    public static BuildRequest of(Path context) {
        return of(new ContextPlace.Folder(requireNonNull(context, "context is null")));
    }

    /**
     * A request to build what is behind an address: a git repository, such as {@code https://host/repository.git#branch:folder},
     * {@code git@host:repository.git?tag=v1}, {@code ssh://host/repository} or {@code github.com/owner/repository}; or else a
     * file behind an http or https URL, which is an archive with the context in it, or a Dockerfile without a context.
     *
     * <p>The Dockerfile is read from there, and no {@code .dockerignore} counts: nothing is sent from here.
     */
    public static BuildRequest ofUrl(String address) {
        return of(new ContextPlace.Address(notEmpty(address, "address")));
    }

    /**
     * A request to build what a file holds: a tar archive with the context in it, compressed with gzip, bzip2, xz or zstd or
     * not at all, or a Dockerfile, which has no context then. This is what {@code docker build -} reads from its standard input.
     *
     * @param file is read when the build begins, and has to stay until it ends
     */
    public static BuildRequest ofInput(Path file) {
        return of(new ContextPlace.Input(requireNonNull(file, "file is null")));
    }

    private static BuildRequest of(ContextPlace context) {
        BuildRequest request = new BuildRequest();
        request.context = context;
        return request;
    }

    private BuildRequest with(Consumer<BuildRequest> change) {
        BuildRequest copy = new BuildRequest();
        copy.context = context;
        copy.dockerfile = dockerfile;
        copy.target = target;
        copy.platforms = platforms;
        copy.buildArgs = buildArgs;
        copy.labels = labels;
        copy.buildContexts = buildContexts;
        copy.outputs = outputs;
        copy.noCache = noCache;
        copy.noCacheFilter = noCacheFilter;
        copy.pull = pull;
        copy.secrets = secrets;
        copy.sshAgents = sshAgents;
        copy.extraHosts = extraHosts;
        copy.ulimits = ulimits;
        copy.resources = resources;
        copy.devices = devices;
        copy.shmSize = shmSize;
        copy.network = network;
        copy.cgroupParent = cgroupParent;
        copy.entitlements = entitlements;
        copy.wrongArchitecture = wrongArchitecture;
        copy.platformChecks = platformChecks;
        change.accept(copy);
        return copy;
    }

    /**
     * Reads the Dockerfile from this file instead of {@code Dockerfile} in the context. With a context that is behind an
     * address or in an archive, a relative path leads to a file of the context, and an absolute one to a file of this machine.
     */
    public BuildRequest dockerfile(Path file) {
        requireNonNull(file, "file is null");
        return with(copy -> copy.dockerfile = Optional.of(new DockerfilePlace.File(file)));
    }

    /** Reads the Dockerfile from this http or https URL. */
    public BuildRequest dockerfileUrl(String url) {
        notEmpty(url, "url");
        return with(copy -> copy.dockerfile = Optional.of(new DockerfilePlace.Address(url)));
    }

    /** Builds this text instead of a file. */
    public BuildRequest dockerfileText(String text) {
        return with(copy -> copy.dockerfile =
                Optional.of(new DockerfilePlace.Text(Bytes.utf8(requireNonNull(text, "text is null")))));
    }

    /** Builds this text instead of a file, byte for byte, whatever its encoding. */
    public BuildRequest dockerfileText(byte[] text) {
        requireNonNull(text, "text is null");
        return with(copy -> copy.dockerfile = Optional.of(new DockerfilePlace.Text(Bytes.of(text))));
    }

    /** Builds the stage of this name instead of the last one. */
    public BuildRequest target(String stage) {
        notEmpty(stage, "stage");
        return with(copy -> copy.target = Optional.of(stage));
    }

    /**
     * Builds for these platforms.
     *
     * @param names such as {@code linux/arm64}; each may be a list with commas, as in {@code --platform}
     * @throws IllegalArgumentException if one of them is no platform
     */
    public BuildRequest platforms(String... names) {
        List<Platform> list = Arrays.stream(requireNonNull(names, "names is null"))
                .flatMap(name ->
                        Arrays.stream(requireNonNull(name, "platform is null").split(",")))
                .map(name -> Platform.parse(notEmpty(name.strip(), "platform")).normalized())
                .distinct()
                .toList();
        return with(copy -> copy.platforms = list);
    }

    /** Gives a build argument a value. */
    public BuildRequest buildArg(String name, String value) {
        return with(copy -> copy.buildArgs = plus(buildArgs, name, value));
    }

    /** Puts a label on the image. */
    public BuildRequest label(String name, String value) {
        return with(copy -> copy.labels = plus(labels, name, value));
    }

    /**
     * Gives a name another meaning: what {@code FROM name}, {@code COPY --from=name} or a stage of that name stands for.
     *
     * <p>{@code target:STAGE} is what a build of that stage of the same Dockerfile gives for the platform on which the name is
     * wanted, its image config included. Inside of that stage, and of what it needs, the name keeps its usual meaning; so a
     * stage may take the place of the image that it stands on.
     *
     * @param name the name, with {@code ::platform} after it if it counts for one platform only
     * @param value a folder, {@code docker-image://REFERENCE}, {@code oci-layout://FOLDER[:TAG][@DIGEST]}, {@code target:STAGE},
     *     a git repository, or the http or https URL of a file, which is then {@code /context}
     */
    public BuildRequest buildContext(String name, String value) {
        return buildContext(name, new NamedPlace.Text(requireNonNull(value, "value is null")));
    }

    /**
     * Gives a name another meaning, as {@link #buildContext(String, String)} does: the files of a folder, or the image of an OCI
     * image layout, which is a folder with a file {@code oci-layout} in it. The folder may be on another file system than the
     * main context.
     *
     * @param name the name, with {@code ::platform} after it if it counts for one platform only
     */
    public BuildRequest buildContext(String name, Path folder) {
        return buildContext(name, new NamedPlace.Folder(requireNonNull(folder, "folder is null")));
    }

    private BuildRequest buildContext(String name, NamedPlace place) {
        Map<String, NamedPlace> contexts = new LinkedHashMap<>(buildContexts);
        contexts.put(requireNonNull(name, "name is null"), place);
        return with(copy -> copy.buildContexts = Collections.unmodifiableMap(contexts));
    }

    /** Writes one more output. */
    public BuildRequest output(Output output) {
        requireNonNull(output, "output is null");
        return with(copy -> copy.outputs = plus(outputs, output));
    }

    /** Runs every step, whatever the cache holds. */
    public BuildRequest noCache() {
        return with(copy -> copy.noCache = true);
    }

    /** Runs every step of these stages, whatever the cache holds. */
    public BuildRequest noCacheFilter(String... stages) {
        List<String> names = Arrays.stream(requireNonNull(stages, "stages is null"))
                .map(stage -> requireNonNull(stage, "stage is null"))
                .toList();
        return with(copy -> copy.noCacheFilter = names);
    }

    /** Asks registries for every base image, even where the store has one. */
    public BuildRequest pull() {
        return with(copy -> copy.pull = true);
    }

    /** Offers a secret to steps that mount it. */
    public BuildRequest secret(String id, SecretSource source) {
        return with(copy -> copy.secrets = plus(secrets, id, source));
    }

    /** Offers an SSH agent to steps that mount it; the usual id is {@code default}. */
    public BuildRequest sshAgent(String id, Path socket) {
        return with(copy -> copy.sshAgents = plus(sshAgents, id, socket));
    }

    /**
     * Adds a line to {@code /etc/hosts} of each step.
     *
     * @throws IllegalArgumentException if the address is none
     */
    public BuildRequest extraHost(String host, String ip) {
        requireNonNull(host, "host is null");
        requireNonNull(ip, "ip is null");
        HostIp line = ExtraHosts.parse(host + "=" + ip);
        return with(copy -> copy.extraHosts = plus(extraHosts, line));
    }

    /**
     * Limits a resource of each step.
     *
     * @param limit {@code name=soft[:hard]}, such as {@code nofile=1024:2048}
     * @throws IllegalArgumentException if this is no limit
     */
    public BuildRequest ulimit(String limit) {
        requireNonNull(limit, "limit is null");
        Ulimit parsed = Ulimits.parse(limit);
        return with(copy -> copy.ulimits = plus(ulimits, parsed));
    }

    /**
     * Limits a resource of each step's control group.
     *
     * @param name {@code memory}, {@code memory-swap}, {@code cpu-shares}, {@code cpu-period}, {@code cpu-quota},
     *     {@code cpuset-cpus} or {@code cpuset-mems}
     * @param value as Docker's options of these names have it, such as {@code 512m}, {@code 50000} or {@code 0-3}
     * @throws IllegalArgumentException if there is no such resource or it has no such value
     */
    public BuildRequest resource(String name, String value) {
        requireNonNull(name, "name is null");
        requireNonNull(value, "value is null");
        LinuxResource resource = LinuxResource.parse(name, value);
        return with(copy -> copy.resources = plus(resources, resource.key(), resource.value()));
    }

    /**
     * Gives each step a device.
     *
     * @param name its Container Device Interface name, such as {@code vendor.com/class=name}
     * @param required whether a step fails without it
     */
    public BuildRequest device(String name, boolean required) {
        return with(copy -> copy.devices = plus(devices, new CdiDevice(name, !required)));
    }

    /**
     * The size of {@code /dev/shm} in bytes; 0 for the usual one.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public BuildRequest shmSize(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the size of /dev/shm is " + bytes + "; give a number of bytes");
        }
        return with(copy -> copy.shmSize = bytes);
    }

    /**
     * The network of each step: {@code default}, {@code none} or {@code host}. To ask for the machine's network here allows it
     * as well.
     *
     * @throws IllegalArgumentException if this is none of them
     */
    public BuildRequest network(String mode) {
        requireNonNull(mode, "mode is null");
        NetworkMode parsed = ProcessSettings.network(mode);
        return with(copy -> copy.network = parsed);
    }

    /** The parent of each step's control group. */
    public BuildRequest cgroupParent(String parent) {
        requireNonNull(parent, "parent is null");
        return with(copy -> copy.cgroupParent = parent);
    }

    /**
     * Lets steps ask for more than usual: {@code network.host}, {@code security.insecure}, {@code device} for every device and
     * {@code device=NAME} for one.
     *
     * @throws IllegalArgumentException if nothing can be allowed by one of the names
     */
    public BuildRequest allow(String... names) {
        for (String name : requireNonNull(names, "names is null")) {
            if (!ENTITLEMENTS.contains(requireNonNull(name, "name is null")) && !name.startsWith("device=")) {
                throw new IllegalArgumentException("nothing can be allowed by the name '" + name
                        + "'; known are network.host, security.insecure, device and device=NAME");
            }
        }
        return with(copy -> copy.entitlements = List.of(names));
    }

    /** What becomes of programs in an image that its platform does not run; without this, they are told of. */
    public BuildRequest wrongArchitecture(WrongArchitecture reaction) {
        requireNonNull(reaction, "reaction is null");
        return with(copy -> copy.wrongArchitecture = reaction);
    }

    /** Leaves out Slipway's own checks, which look for what goes wrong in builds for several platforms. */
    public BuildRequest withoutPlatformChecks() {
        return with(copy -> copy.platformChecks = false);
    }

    ContextPlace context() {
        return context;
    }

    Optional<DockerfilePlace> dockerfile() {
        return dockerfile;
    }

    Optional<String> target() {
        return target;
    }

    List<Platform> platforms() {
        return platforms;
    }

    /** Whether the result is an index and the names of steps tell platforms apart. */
    boolean isMultiPlatform() {
        return SpecialArguments.multiPlatform(buildArgs, platforms.size());
    }

    SortedMap<String, String> buildArgs() {
        return buildArgs;
    }

    SortedMap<String, String> labels() {
        return labels;
    }

    Map<String, NamedPlace> buildContexts() {
        return buildContexts;
    }

    List<Output> outputs() {
        return outputs;
    }

    boolean isNoCache() {
        return noCache;
    }

    List<String> noCacheStages() {
        return noCacheFilter;
    }

    boolean isPull() {
        return pull;
    }

    SortedMap<String, SecretSource> secrets() {
        return secrets;
    }

    SortedMap<String, Path> sshAgents() {
        return sshAgents;
    }

    List<HostIp> extraHosts() {
        return extraHosts;
    }

    List<Ulimit> ulimits() {
        return ulimits;
    }

    SortedMap<String, String> resources() {
        return resources;
    }

    List<CdiDevice> devices() {
        return devices;
    }

    long shmSize() {
        return shmSize;
    }

    NetworkMode network() {
        return network;
    }

    String cgroupParent() {
        return cgroupParent;
    }

    List<String> entitlements() {
        return network == NetworkMode.HOST ? plus(entitlements, "network.host") : entitlements;
    }

    boolean hasPlatformChecks() {
        return platformChecks;
    }

    WrongArchitecture wrongArchitecture() {
        return wrongArchitecture;
    }

    private static String notEmpty(String text, String what) {
        if (requireNonNull(text, what + " is null").isEmpty()) {
            throw new IllegalArgumentException("the " + what + " is empty");
        }
        return text;
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> copy = new ArrayList<>(list);
        copy.add(more);
        return Collections.unmodifiableList(copy);
    }

    private static <V> SortedMap<String, V> plus(SortedMap<String, V> map, String key, V value) {
        requireNonNull(key, "name is null");
        requireNonNull(value, "value is null");
        TreeMap<String, V> copy = new TreeMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableSortedMap(copy);
    }
}
