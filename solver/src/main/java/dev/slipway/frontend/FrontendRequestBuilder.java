package dev.slipway.frontend;

import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Collects the parts of a {@link FrontendRequest}. */
public final class FrontendRequestBuilder {

    private Optional<String> target = Optional.empty();
    private Optional<Platform> platform = Optional.empty();
    private List<Platform> buildPlatforms = List.of(Platform.host());
    private boolean multiPlatform;
    private final TreeMap<String, String> buildArgs = new TreeMap<>();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private MainContext context = new MainContext.Local(MainContext.NAME, "", List.of());
    private final Map<String, NamedContext> namedContexts = new HashMap<>();
    private Optional<Set<String>> noCache = Optional.empty();
    private ResolveMode resolveMode = ResolveMode.DEFAULT;
    private ProcessOptions process = ProcessOptions.DEFAULT;
    private boolean allStages;
    private Optional<SbomScanner> scanner = Optional.empty();
    private Optional<SourceFile> file = Optional.empty();

    FrontendRequestBuilder() {}

    /** The stage to build. */
    public FrontendRequestBuilder target(String stage) {
        target = Optional.of(stage);
        return this;
    }

    /** The platform to build for. */
    public FrontendRequestBuilder platform(Platform wanted) {
        platform = Optional.of(wanted);
        return this;
    }

    /** The platforms of the machines that build, at least one. */
    public FrontendRequestBuilder buildPlatforms(List<Platform> platforms) {
        buildPlatforms = platforms;
        return this;
    }

    /** Whether the build is for several platforms. */
    public FrontendRequestBuilder multiPlatform(boolean several) {
        multiPlatform = several;
        return this;
    }

    /** Adds a value for ARG. */
    public FrontendRequestBuilder buildArg(String name, String value) {
        buildArgs.put(name, value);
        return this;
    }

    /** Adds a label. */
    public FrontendRequestBuilder label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** Where COPY and ADD find their files. */
    public FrontendRequestBuilder context(MainContext files) {
        context = files;
        return this;
    }

    /** Adds a context by name, or by {@code name::platform}. */
    public FrontendRequestBuilder namedContext(String name, NamedContext value) {
        namedContexts.put(name, value);
        return this;
    }

    /** The stages that do not use the cache; empty for all of them. */
    public FrontendRequestBuilder noCache(Set<String> stages) {
        noCache = Optional.of(stages);
        return this;
    }

    /** Whether registries are asked for base images. */
    public FrontendRequestBuilder resolveMode(ResolveMode mode) {
        resolveMode = mode;
        return this;
    }

    /** Settings of every RUN. */
    public FrontendRequestBuilder process(ProcessOptions options) {
        process = options;
        return this;
    }

    /** Converts stages that the target does not need as well. */
    public FrontendRequestBuilder allStages(boolean all) {
        allStages = all;
        return this;
    }

    /** Lists the contents of the image. */
    public FrontendRequestBuilder scanner(SbomScanner wanted) {
        scanner = Optional.of(wanted);
        return this;
    }

    /** The Dockerfile with its name. */
    public FrontendRequestBuilder file(SourceFile dockerfile) {
        file = Optional.of(dockerfile);
        return this;
    }

    /** The request. */
    public FrontendRequest build() {
        return new FrontendRequest(
                target,
                platform,
                buildPlatforms,
                multiPlatform,
                buildArgs,
                labels,
                context,
                namedContexts,
                noCache,
                resolveMode,
                process,
                allStages,
                scanner,
                file);
    }
}
