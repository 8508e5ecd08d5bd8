package dev.slipway.frontend;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Output;
import dev.slipway.frontend.source.GitSource;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.source.ImageSource;
import dev.slipway.frontend.source.LocalSource;
import dev.slipway.frontend.source.OciLayoutSource;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.image.ImageConfig;
import dev.slipway.image.InvalidImageConfigException;
import dev.slipway.llb.Platform;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The contexts that the caller gave names. They stand in for stages and images of those names. */
final class NamedContexts {

    /** Names that always mean what they say. */
    private static final Set<String> RESERVED = Set.of("scratch", "context");

    private final Map<String, NamedContext> contexts;
    private final ImageResolver images;
    private final ResolveMode mode;
    private final TargetContexts targets;

    NamedContexts(Map<String, NamedContext> contexts, ImageResolver images, ResolveMode mode, TargetContexts targets) {
        this.contexts = contexts;
        this.images = images;
        this.mode = mode;
        this.targets = targets;
    }

    /**
     * A context that was found in the build.
     *
     * @param state its root with its surroundings
     * @param image its config, if it is an image
     * @param baseImage the config of the image it stands on, untouched: its own unless it is built by this build
     */
    record Loaded(BuildState state, Optional<ImageConfig> image, Optional<ImageConfig> baseImage) {

        /** A root that is no image. */
        private static Loaded of(BuildState state) {
            return new Loaded(state, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The context for a stage or image of this name, that for the platform first.
     *
     * @throws FrontendException if this is no name
     */
    Optional<ContextLookup> find(String name, Platform platform) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT)) ? Optional.empty() : findAny(name, platform);
    }

    /** As {@link #find}, but a name that means something else in FROM may be that of a context as well. */
    Optional<ContextLookup> findAny(String name, Platform platform) {
        String familiar = familiar(name);
        String exact = familiar + "::" + platform.normalized().formatAll();
        String key = contexts.containsKey(exact) ? exact : familiar;
        return Optional.ofNullable(contexts.get(key))
                .map(context -> new ContextLookup(familiar, key, context, platform));
    }

    private static String familiar(String name) {
        try {
            return NamedContext.usualName(name);
        } catch (IllegalArgumentException e) {
            throw new FrontendException("invalid context name " + name + ": " + e.getMessage());
        }
    }

    /**
     * Looks into a context.
     *
     * @param usedPaths the paths that are wanted of a local folder; asked when all are known
     * @throws FrontendException if it can't be used
     */
    Loaded load(ContextLookup found, Supplier<Set<String>> usedPaths) {
        found.context().failure().ifPresent(failure -> {
            throw new FrontendException(failure);
        });
        String value = found.context().value();
        int colon = value.indexOf(':');
        String kind = value.substring(0, Math.max(0, colon));
        String rest = value.substring(colon + 1);
        String address = rest.startsWith("//") ? rest.substring(2) : rest;
        try {
            return switch (kind) {
                case "docker-image" -> image(found, address);
                case "oci-layout" -> layout(found, address);
                case "local" -> local(found, rest, usedPaths);
                case TargetContexts.KIND -> stage(found, rest);
                default ->
                    GitReference.parse(value)
                            .map(git -> repository(git, value))
                            .orElseGet(() -> file(found, kind, value));
            };
        } catch (IllegalArgumentException | InvalidImageConfigException | ExecutorException e) {
            throw FrontendException.of(e);
        }
    }

    private Loaded stage(ContextLookup found, String name) {
        StageContent content;
        try {
            content = targets.load(found, name);
        } catch (FrontendException e) {
            throw e.prefixed("build context " + found.key() + ": ");
        }
        Loaded loaded =
                loaded(content.state().root(), found.platform(), content.image().build());
        return new Loaded(loaded.state(), loaded.image(), content.baseImage());
    }

    private Loaded image(ContextLookup found, String name) {
        if (name.equals("scratch")) {
            return Loaded.of(BuildState.scratch());
        }
        String reference = ImageReference.parse(name).withDefaultTag().toString();
        ResolvedImage resolved = images.resolve(new ImageRequest(reference, found.platform(), Optional.empty(), mode));
        String canonical =
                ImageReference.parse(resolved.reference()).withDefaultTag().toString();
        Metadata metadata = Metadata.named("[context " + found.key() + "] " + name);
        // The digest stays out of the reference, as in BuildKit: the name was given for this build.
        Output root = ImageSource.of(canonical, found.platform(), ResolveMode.DEFAULT, metadata);
        return loaded(root, found.platform(), ImageConfig.parse(resolved.config()));
    }

    /** A layout in a folder need not be pinned, unlike BuildKit's, which only a client can read: who resolves it pins it. */
    private Loaded layout(ContextLookup found, String text) {
        int at = text.indexOf('@');
        String place = at < 0 ? text : text.substring(0, at);
        int colon = place.lastIndexOf(':');
        boolean tagged = colon > place.lastIndexOf('/');
        String store = tagged ? place.substring(0, colon) : place;
        // The name may have a tag of its own, which says nothing of the layout's.
        ImageReference named = ImageReference.parse(found.name());
        String tag = tagged ? place.substring(colon) : ":latest";
        String wanted = at >= 0 ? found.name() + text.substring(at) : named.name() + tag;
        ResolvedImage resolved = images.resolve(
                new ImageRequest(ImageReference.parse(wanted).toString(), found.platform(), Optional.of(store), mode));
        String pinned = at >= 0
                ? ImageReference.parse(wanted).toString()
                : named.withDigest(resolved.digest()).toString();
        Metadata metadata = Metadata.named("[context " + found.key() + "] OCI load from client");
        Output root = OciLayoutSource.of(pinned, store, found.context().session(), found.platform(), metadata);
        return loaded(root, found.platform(), ImageConfig.parse(resolved.config()));
    }

    private static Loaded loaded(Output root, Platform platform, ImageConfig config) {
        BuildState state = BuildState.of(root, platform);
        for (String assignment : config.config().environment()) {
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? assignment : assignment.substring(0, equals);
            if (!name.isEmpty()) {
                state.environment().put(name, equals < 0 ? "" : assignment.substring(equals + 1));
            }
        }
        if (!config.config().workingDirectory().isEmpty()) {
            state.directory(config.config().workingDirectory());
        }
        if (!config.platform().architecture().isEmpty()
                && !config.platform().os().isEmpty()) {
            state.platform(config.platform());
        }
        Optional<ImageConfig> image = Optional.of(withoutTime(config));
        return new Loaded(state, image, image);
    }

    private static ImageConfig withoutTime(ImageConfig config) {
        return new ImageConfig(
                Optional.empty(),
                config.author(),
                config.platform(),
                config.diffIds(),
                config.history(),
                config.config(),
                config.otherFields());
    }

    private static Loaded local(ContextLookup found, String folder, Supplier<Set<String>> usedPaths) {
        NamedContext context = found.context();
        LocalSource source = new LocalSource(
                folder,
                context.session(),
                "context:" + found.key() + "-" + context.sharedKey(),
                context.ignorePatterns());
        String name = "[context " + found.key() + "] load from client";
        Output root = Output.lazily(() -> source.output(usedPaths.get(), Metadata.named(name)));
        return Loaded.of(BuildState.of(root));
    }

    private static Loaded repository(GitReference git, String value) {
        Metadata metadata = Metadata.named("[internal] load git source " + value);
        Output root = GitSource.of(git).output(metadata);
        return Loaded.of(BuildState.of(root));
    }

    private static Loaded file(ContextLookup found, String kind, String url) {
        switch (kind) {
            case "http", "https" -> {
                Metadata metadata = Metadata.named("[context " + found.key() + "] " + url);
                Output root = HttpSource.of(url, HttpSource.CONTEXT_FILE, Optional.empty(), metadata);
                return Loaded.of(BuildState.of(root));
            }
            case "git" -> throw new FrontendException("invalid git context " + url);
            case "" -> throw new FrontendException("invalid context specifier " + url + " for " + found.key());
            default -> throw new FrontendException("unsupported context source " + kind + " for " + found.key());
        }
    }
}
