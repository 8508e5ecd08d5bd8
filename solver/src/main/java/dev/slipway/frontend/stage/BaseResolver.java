package dev.slipway.frontend.stage;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.check.BasePlatformCheck;
import dev.slipway.frontend.context.ContextLookup;
import dev.slipway.frontend.context.NamedContexts;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.image.ImageDraft;
import dev.slipway.frontend.source.ImageSource;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.config.InvalidImageConfigException;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the base of stages that are not based on another stage: nothing, a named context, or an image. */
final class BaseResolver {

    private static final List<String> COMMON_IMAGES =
            List.of("alpine", "busybox", "centos", "debian", "golang", "ubuntu", "fedora");

    private final ConversionScope scope;

    BaseResolver(ConversionScope scope) {
        this.scope = scope;
    }

    /**
     * Resolves the stages that are needed and not resolved yet. The names of the others are parsed, which may fail, but their
     * images are not looked up.
     */
    void resolve(Collection<StageBuild> needed) {
        List<StageBuild> stages = List.copyOf(scope.stages().stages());
        scope.images().expect(requests(stages, needed));
        FrontendException failure = null;
        for (StageBuild stage : stages) {
            if (stage.parent().isEmpty() && !stage.isResolved()) {
                try {
                    resolve(stage, needed.contains(stage) || scope.request().allStages());
                } catch (ExecutorException | IllegalArgumentException | InvalidImageConfigException e) {
                    failure = FrontendException.of(e).at(stage.ranges());
                } catch (FrontendException e) {
                    failure = e.at(stage.ranges());
                }
            }
        }
        // BuildKit resolves all at once, so one failure hides no findings of the others. If several fail, it usually
        // shows the last.
        if (failure != null) {
            throw failure;
        }
    }

    /** The images that will be looked up. Those that a context replaces are not. */
    private List<ImageRequest> requests(List<StageBuild> stages, Collection<StageBuild> needed) {
        List<ImageRequest> requests = new ArrayList<>();
        for (StageBuild stage : stages) {
            boolean onImage = stage.parent().isEmpty() && !stage.isResolved() && !isScratch(stage);
            if (onImage && stage.replacement().isEmpty() && needed.contains(stage)) {
                try {
                    ImageReference reference =
                            ImageReference.parse(stage.base()).withDefaultTag();
                    if (scope.contexts()
                            .find(reference.toString(), platformOf(stage))
                            .isEmpty()) {
                        requests.add(request(reference, platformOf(stage)));
                    }
                } catch (IllegalArgumentException | FrontendException e) {
                    // Refused in a moment, with its place.
                    continue;
                }
            }
        }
        return requests;
    }

    private void resolve(StageBuild stage, boolean needed) {
        if (isScratch(stage)) {
            Platform target = scope.request().targetPlatform();
            stage.content(StageContent.of(
                    BuildState.scratch(),
                    ImageDraft.scratch(target),
                    Optional.empty(),
                    Optional.of(target),
                    new HashSet<>()));
        } else {
            ImageReference reference = parse(stage.base()).withDefaultTag();
            if (needed && stage.replacement().isPresent()) {
                stage.content(replaced(stage, stage.replacement().get()));
                stage.markConverted();
            } else if (needed) {
                stage.content(onImage(stage, reference));
            } else if (stage.replacement().isEmpty()) {
                // A stage that turns out to be needed only because of a trigger has used up a number by then, as in
                // BuildKit.
                stage.names().skip();
            }
        }
        if (stage.isImplied()) {
            stage.markConverted();
        }
    }

    private static boolean isScratch(StageBuild stage) {
        return stage.base().equals(StageBuild.SCRATCH) && stage.replacement().isEmpty();
    }

    private static ImageReference parse(String name) {
        try {
            return ImageReference.parse(name);
        } catch (IllegalArgumentException e) {
            throw new FrontendException("failed to parse stage name " + GoText.quote(name) + ": " + e.getMessage());
        }
    }

    /** A stage with the name of a context is replaced by that context. */
    private StageContent replaced(StageBuild stage, ContextLookup context) {
        Set<String> usedPaths = new HashSet<>();
        NamedContexts.Loaded loaded = scope.contexts().load(context, () -> usedPaths);
        Optional<Platform> platform = loaded.image()
                .map(ImageConfig::platform)
                .filter(found -> !found.os().isEmpty() && !found.architecture().isEmpty())
                .or(stage::platform);
        ImageDraft image = loaded.image().map(ImageDraft::of).orElseGet(ImageDraft::unknown);
        return StageContent.of(
                BuildState.of(loaded.root(), loaded.platform()), image, Optional.empty(), platform, usedPaths);
    }

    private StageContent onImage(StageBuild stage, ImageReference reference) {
        Platform platform = platformOf(stage);
        Optional<ContextLookup> context = scope.contexts().find(reference.toString(), platform);
        if (context.isPresent()) {
            return onContext(context.get(), platform);
        }
        ResolvedImage resolved = ask(stage, request(reference, platform));
        ImageReference found = ImageReference.parse(resolved.reference()).withDigest(resolved.digest());
        ImageConfig config = ImageConfig.parse(resolved.config());
        Platform actual = detect(stage, platform, config.platform());
        BuildState state;
        if (isEmpty(config)) {
            state = BuildState.scratch();
        } else {
            state = BuildState.of(image(stage, found.toString(), actual), Optional.of(actual));
            BasePlatformCheck.run(scope.checks(), stage.base(), actual, config.platform(), stage.ranges());
        }
        return StageContent.of(state, ImageDraft.of(config), Optional.of(config), Optional.of(actual), new HashSet<>());
    }

    private StageContent onContext(ContextLookup context, Platform platform) {
        Set<String> usedPaths = new HashSet<>();
        NamedContexts.Loaded loaded = scope.contexts().load(context, () -> usedPaths);
        ImageConfig config = loaded.image().orElseGet(() -> ImageDraft.scratchConfig(platform));
        BuildState state = BuildState.of(loaded.root(), Optional.of(platform));
        Optional<ImageConfig> base = loaded.image().isPresent() ? loaded.baseImage() : Optional.of(config);
        return StageContent.of(state, ImageDraft.of(config), base, Optional.of(platform), usedPaths);
    }

    private Platform platformOf(StageBuild stage) {
        return stage.platform().orElse(scope.request().targetPlatform());
    }

    private ImageRequest request(ImageReference reference, Platform platform) {
        return new ImageRequest(
                reference.toString(),
                platform,
                Optional.empty(),
                scope.request().resolveMode());
    }

    private ResolvedImage ask(StageBuild stage, ImageRequest request) {
        try {
            return scope.images().resolve(request);
        } catch (ExecutorException e) {
            List<String> known = new ArrayList<>(scope.stages().names());
            for (String name : COMMON_IMAGES) {
                known.add(name);
                known.add(name + ":latest");
            }
            // Some name it themselves.
            String message = String.valueOf(e.getMessage());
            String named = message.startsWith(stage.base() + ": ") ? message : stage.base() + ": " + message;
            throw new FrontendException(named, Suggestions.nearest(stage.base(), known), e);
        }
    }

    /** If no platform was asked for, that of the image is used if steps can run on it. */
    private Platform detect(StageBuild stage, Platform wanted, Platform found) {
        if (stage.platform().isPresent() || scope.request().platform().isPresent() || sameProcessor(wanted, found)) {
            return wanted;
        }
        return scope.request().buildPlatforms().stream()
                .filter(platform -> sameProcessor(platform, found))
                .findFirst()
                .orElse(wanted);
    }

    private static boolean sameProcessor(Platform one, Platform other) {
        return one.os().equals(other.os()) && one.architecture().equals(other.architecture());
    }

    /** An image without layers counts as no image. Very old images name no layers but have a history. */
    private static boolean isEmpty(ImageConfig config) {
        return config.diffIds().isEmpty() && config.history().stream().allMatch(HistoryEntry::emptyLayer);
    }

    private Root image(StageBuild stage, String reference, Platform platform) {
        String prefix = stage.names().nextPrefix(Optional.of(platform), new Environment(), false);
        Metadata metadata = Metadata.named(prefix + "FROM " + reference).command(stage.source());
        scope.request()
                .file()
                .ifPresent(file -> metadata.at(new SourceLocation(file, StepContext.lineRanges(stage.ranges()))));
        return ImageSource.of(reference, platform, scope.request().resolveMode(), metadata);
    }
}
