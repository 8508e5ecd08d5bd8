package dev.slipway;

import dev.slipway.RequestFields.Field;
import dev.slipway.attest.Provenance;
import dev.slipway.attest.Sbom;
import dev.slipway.cache.CacheExport;
import dev.slipway.cache.CacheImport;
import dev.slipway.context.ContextPlace;
import dev.slipway.context.DockerfilePlace;
import dev.slipway.executor.Output;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.ExecOp.CdiDevice;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta.HostIp;
import dev.slipway.llb.ProcessMeta.Ulimit;
import dev.slipway.lock.Lock;
import dev.slipway.policy.SourcePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What can be read of a request. */
abstract sealed class RequestView permits RequestFiles {

    static final Field<Optional<DockerfilePlace>> DOCKERFILE = Field.optional("dockerfile");
    static final Field<Map<String, ContextPlace>> CONTEXTS = Field.map("buildContexts");
    static final Field<Optional<String>> TARGET = Field.optional("target");
    static final Field<List<Platform>> PLATFORMS = Field.list("platforms", Platform::formatAll);
    static final Field<Map<String, String>> ARGUMENTS = Field.map("buildArgs");
    static final Field<Map<String, Map<String, String>>> PLATFORM_ARGUMENTS = Field.map("platformBuildArgs");
    static final Field<Map<String, String>> LABELS = Field.map("labels");
    static final Field<List<Output>> OUTPUTS = Field.list("outputs", Output::type);
    static final Field<List<CacheImport>> CACHE_FROM = Field.list("cacheFrom", CacheImport::type);
    static final Field<List<CacheExport>> CACHE_TO = Field.list("cacheTo", CacheExport::type);
    static final Field<Boolean> NO_CACHE = Field.of("noCache", false);
    static final Field<List<String>> NO_CACHE_STAGES = Field.list("noCacheStages", String::valueOf);
    static final Field<PullPolicy> PULL = Field.of("pull", PullPolicy.DEFAULT);
    static final Field<Optional<SourcePolicy>> SOURCE_POLICY = Field.optional("sourcePolicy");
    static final Field<Boolean> REGO_POLICY = Field.of("regoPolicy", true);
    static final Field<Optional<Lock>> LOCK = new Field<>(
            "lock", Optional.empty(), lock -> lock.map(Lock::dockerfile).orElse(""));
    static final Field<Boolean> OFFLINE = Field.of("offline", false);
    static final Field<Optional<Path>> BUNDLE = Field.optional("bundle");
    static final Field<Map<String, SecretSource>> SECRETS = Field.map("secrets");
    static final Field<Map<String, Path>> SSH_AGENTS = Field.map("sshAgents");
    static final Field<List<HostIp>> EXTRA_HOSTS = Field.list("extraHosts", HostIp::host);
    static final Field<List<Ulimit>> ULIMITS = Field.list("ulimits", Ulimit::name);
    static final Field<Map<String, String>> RESOURCES = Field.map("resources");
    static final Field<List<CdiDevice>> DEVICES = Field.list("devices", CdiDevice::name);
    static final Field<Long> SHM_SIZE = Field.of("shmSize", 0L);
    static final Field<NetworkMode> NETWORK = Field.of("network", NetworkMode.UNSET);
    static final Field<String> CGROUP_PARENT = Field.of("cgroupParent", "");
    static final Field<List<String>> ENTITLEMENTS = Field.list("entitlements", String::valueOf);
    static final Field<WrongArchitecture> WRONG_ARCHITECTURE = Field.of("wrongArchitecture", WrongArchitecture.WARN);
    static final Field<Boolean> PLATFORM_CHECKS = Field.of("platformChecks", true);
    static final Field<Optional<Provenance>> PROVENANCE = Field.optional("provenance");
    static final Field<Optional<Sbom>> SBOM = Field.optional("sbom");
    static final Field<Optional<Duration>> TIMEOUT = Field.optional("timeout");

    private final ContextPlace context;
    private final RequestFields fields;

    RequestView(ContextPlace context, RequestFields fields) {
        this.context = context;
        this.fields = fields;
    }

    final <T> BuildRequest with(Field<T> field, T value) {
        return new BuildRequest(context, fields.with(field, value));
    }

    final <T> BuildRequest plus(Field<List<T>> field, Collection<? extends T> more) {
        return new BuildRequest(context, fields.plus(field, more));
    }

    final <V> BuildRequest plus(Field<Map<String, V>> field, Map<String, ? extends V> more) {
        return plus(field, more, (name, value) -> value);
    }

    final <A, V> BuildRequest plus(
            Field<Map<String, V>> field, Map<String, ? extends A> more, BiFunction<String, ? super A, V> parsed) {
        return new BuildRequest(context, fields.plus(field, more, parsed));
    }

    /** Where the main context is. */
    public final ContextPlace context() {
        return context;
    }

    /** Where the Dockerfile is; empty for its usual place in the context. */
    public final Optional<DockerfilePlace> dockerfile() {
        return fields.get(DOCKERFILE);
    }

    /** The named contexts, by name, in the order in which they were added. */
    public final Map<String, ContextPlace> buildContexts() {
        return fields.get(CONTEXTS);
    }

    /** The stage that is built; empty for the last one. */
    public final Optional<String> target() {
        return fields.get(TARGET);
    }

    /** The platforms to build for, in this order; empty for the platform of this machine. */
    public final List<Platform> platforms() {
        return fields.get(PLATFORMS);
    }

    /** The build arguments for all platforms, by name. */
    public final Map<String, String> buildArgs() {
        return fields.get(ARGUMENTS);
    }

    /** The build arguments for single platforms, by platform and name. They take precedence over those for all platforms. */
    public final Map<String, Map<String, String>> platformBuildArgs() {
        return fields.get(PLATFORM_ARGUMENTS);
    }

    /** The labels of the image, by name. */
    public final Map<String, String> labels() {
        return fields.get(LABELS);
    }

    /** The outputs, in the order in which they were added. */
    public final List<Output> outputs() {
        return fields.get(OUTPUTS);
    }

    /** The caches that may be used besides the store. */
    public final List<CacheImport> cacheFrom() {
        return fields.get(CACHE_FROM);
    }

    /** Where the cache of the build is written. */
    public final List<CacheExport> cacheTo() {
        return fields.get(CACHE_TO);
    }

    /** Whether every step runs, without using the cache. */
    public final boolean isNoCache() {
        return fields.get(NO_CACHE);
    }

    /** The stages whose steps all run, without using the cache. */
    public final List<String> noCacheStages() {
        return fields.get(NO_CACHE_STAGES);
    }

    /** When registries are asked for base images. */
    public final PullPolicy pullPolicy() {
        return fields.get(PULL);
    }

    /** The policy that says which sources may be used. */
    public final Optional<SourcePolicy> sourcePolicy() {
        return fields.get(SOURCE_POLICY);
    }

    /** Whether a {@code Dockerfile.rego} beside the Dockerfile is refused. */
    public final boolean hasRegoPolicy() {
        return fields.get(REGO_POLICY);
    }

    /** The lock that all sources must match. */
    public final Optional<Lock> lock() {
        return fields.get(LOCK);
    }

    /** Whether the build may use no network. */
    public final boolean isOffline() {
        return fields.get(OFFLINE);
    }

    /** The bundle from which images and files are taken. */
    public final Optional<Path> bundle() {
        return fields.get(BUNDLE);
    }

    /** Where secrets come from, by id. */
    public final Map<String, SecretSource> secrets() {
        return fields.get(SECRETS);
    }

    /** Sockets of SSH agents, by id. */
    public final Map<String, Path> sshAgents() {
        return fields.get(SSH_AGENTS);
    }

    /** Lines of each step's {@code /etc/hosts}. */
    public final List<HostIp> extraHosts() {
        return fields.get(EXTRA_HOSTS);
    }

    /** Limits of each step. */
    public final List<Ulimit> ulimits() {
        return fields.get(ULIMITS);
    }

    /** Limits of each step's control group, by name. */
    public final Map<String, String> resources() {
        return fields.get(RESOURCES);
    }

    /** The devices of each step. */
    public final List<CdiDevice> devices() {
        return fields.get(DEVICES);
    }

    /** The size of {@code /dev/shm} in bytes; 0 for the usual one. */
    public final long shmSize() {
        return fields.get(SHM_SIZE);
    }

    /** The network of each step. */
    public final NetworkMode network() {
        return fields.get(NETWORK);
    }

    /** The parent of each step's control group; empty for the usual one. */
    public final String cgroupParent() {
        return fields.get(CGROUP_PARENT);
    }

    /** What steps may ask for beyond the usual, such as {@code network.host}. */
    public final List<String> entitlements() {
        return fields.get(ENTITLEMENTS);
    }

    /** What to do about programs in an image that its platform cannot run. */
    public final WrongArchitecture wrongArchitecture() {
        return fields.get(WRONG_ARCHITECTURE);
    }

    /** Whether Slipway's own checks for builds for several platforms run. */
    public final boolean hasPlatformChecks() {
        return fields.get(PLATFORM_CHECKS);
    }

    /** The provenance to write beside each image; empty for none. */
    public final Optional<Provenance> provenance() {
        return fields.get(PROVENANCE);
    }

    /** The list of contents (SBOM) to write beside each image; empty for none. */
    public final Optional<Sbom> sbom() {
        return fields.get(SBOM);
    }

    /** How long the build may take; empty for no limit. */
    public final Optional<Duration> timeout() {
        return fields.get(TIMEOUT);
    }

    /** Whether the other asks for the same. Secrets of code and streams are the same only if they are one object. */
    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public final boolean equals(@Nullable Object other) {
        return other instanceof RequestView request && context.equals(request.context) && fields.equals(request.fields);
    }

    @Override
    public final int hashCode() {
        return 31 * context.hashCode() + fields.hashCode();
    }

    /** What the request says, in short: of arguments, labels and secrets the names, and URLs without credentials. */
    @Override
    public final String toString() {
        return "BuildRequest[" + UrlCredentials.redact("context=" + context + fields) + "]";
    }
}
