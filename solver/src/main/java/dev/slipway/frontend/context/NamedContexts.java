package dev.slipway.frontend.context;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.NamedContext;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.source.GitSource;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.source.ImageSource;
import dev.slipway.frontend.source.LocalSource;
import dev.slipway.frontend.source.OciLayoutSource;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.llb.Platform;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.config.InvalidImageConfigException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The named contexts of the build. They replace stages and images of the same names. */
public final class NamedContexts {

    /** Names that always mean what they say. */
    private static final Set<String> RESERVED = Set.of("scratch", "context");

    private final Map<String, NamedContext> contexts;
    private final ImageResolver images;
    private final ResolveMode mode;
    private final TargetContexts targets;

    /**
     * @param images finds images
     * @param stages converts a stage, with all that it needs, into nodes of the same graph
     */
    public NamedContexts(FrontendRequest request, ImageResolver images, Function<FrontendRequest, Loaded> stages) {
        this.contexts = request.namedContexts();
        this.images = images;
        this.mode = request.resolveMode();
        this.targets = new TargetContexts(request, stages);
    }

    /**
     * A context that was found in the build.
     *
     * @param root its files
     * @param platform the platform of processes on it; only images have one
     * @param image its config, if it is an image
     * @param baseImage the config of its base image, unchanged: its own unless this build makes it
     */
    public record Loaded(
            Root root, Optional<Platform> platform, Optional<ImageConfig> image, Optional<ImageConfig> baseImage) {

        /** A root that is not an image. */
        private static Loaded of(Root root) {
            return new Loaded(root, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * The context for a stage or image of this name; one for the platform comes first.
     *
     * @throws FrontendException if the name is invalid
     */
    public Optional<ContextLookup> find(String name, Platform platform) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT)) ? Optional.empty() : findAny(name, platform);
    }

    /** Like {@link #find}, but also for names that have a meaning of their own in FROM. */
    public Optional<ContextLookup> findAny(String name, Platform platform) {
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
     * Reads a context.
     *
     * @param usedPaths the paths of a local folder that are needed; read when all are known
     * @throws FrontendException if it can't be used
     */
    public Loaded load(ContextLookup found, Supplier<Set<String>> usedPaths) {
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
        Loaded built;
        try {
            built = targets.load(found, name);
        } catch (FrontendException e) {
            throw e.prefixed("build context " + found.key() + ": ");
        }
        Loaded loaded = loaded(built.root(), found.platform(), built.image().orElseThrow());
        return new Loaded(loaded.root(), loaded.platform(), loaded.image(), built.baseImage());
    }

    private Loaded image(ContextLookup found, String name) {
        if (name.equals("scratch")) {
            return Loaded.of(Root.SCRATCH);
        }
        String reference = ImageReference.parse(name).withDefaultTag().toString();
        ResolvedImage resolved = images.resolve(new ImageRequest(reference, found.platform(), Optional.empty(), mode));
        String canonical =
                ImageReference.parse(resolved.reference()).withDefaultTag().toString();
        Metadata metadata = Metadata.named("[context " + found.key() + "] " + name);
        // The digest stays out of the reference, as in BuildKit: the name was given for this build.
        Root root = ImageSource.of(canonical, found.platform(), ResolveMode.DEFAULT, metadata);
        return loaded(root, found.platform(), ImageConfig.parse(resolved.config()));
    }

    /** Unlike in BuildKit, where only the client can read a layout, one in a folder need not be pinned: resolving pins it. */
    private Loaded layout(ContextLookup found, String text) {
        int at = text.indexOf('@');
        String place = at < 0 ? text : text.substring(0, at);
        int colon = place.lastIndexOf(':');
        boolean tagged = colon > place.lastIndexOf('/');
        String store = tagged ? place.substring(0, colon) : place;
        // The name may have a tag of its own, which has nothing to do with the layout's.
        ImageReference named = ImageReference.parse(found.name());
        String tag = tagged ? place.substring(colon) : ":latest";
        String wanted = at >= 0 ? found.name() + text.substring(at) : named.name() + tag;
        ResolvedImage resolved = images.resolve(
                new ImageRequest(ImageReference.parse(wanted).toString(), found.platform(), Optional.of(store), mode));
        String pinned = at >= 0
                ? ImageReference.parse(wanted).toString()
                : named.withDigest(resolved.digest()).toString();
        Metadata metadata = Metadata.named("[context " + found.key() + "] OCI load from client");
        Root root = OciLayoutSource.of(pinned, store, found.context().session(), found.platform(), metadata);
        return loaded(root, found.platform(), ImageConfig.parse(resolved.config()));
    }

    private static Loaded loaded(Root root, Platform platform, ImageConfig config) {
        Platform own = config.platform();
        boolean known = !own.architecture().isEmpty() && !own.os().isEmpty();
        Optional<ImageConfig> image = Optional.of(withoutTime(config));
        return new Loaded(root, Optional.of(known ? own : platform), image, image);
    }

    private static ImageConfig withoutTime(ImageConfig config) {
        return config.with(Optional.empty(), config.diffIds(), config.history());
    }

    private static Loaded local(ContextLookup found, String folder, Supplier<Set<String>> usedPaths) {
        NamedContext context = found.context();
        LocalSource source = new LocalSource(
                folder,
                context.session(),
                "context:" + found.key() + "-" + context.sharedKey(),
                context.ignorePatterns());
        String name = "[context " + found.key() + "] load from client";
        Root root = Root.lazily(() -> source.output(usedPaths.get(), Metadata.named(name)));
        return Loaded.of(root);
    }

    private static Loaded repository(GitReference git, String value) {
        Metadata metadata = Metadata.named("[internal] load git source " + value);
        Root root = GitSource.of(git).output(metadata);
        return Loaded.of(root);
    }

    private static Loaded file(ContextLookup found, String kind, String url) {
        switch (kind) {
            case "http", "https" -> {
                Metadata metadata = Metadata.named("[context " + found.key() + "] " + url);
                Root root = HttpSource.of(url, HttpSource.CONTEXT_FILE, Optional.empty(), metadata);
                return Loaded.of(root);
            }
            case "git" -> throw new FrontendException("invalid git context " + url);
            case "" -> throw new FrontendException("invalid context specifier " + url + " for " + found.key());
            default -> throw new FrontendException("unsupported context source " + kind + " for " + found.key());
        }
    }
}
