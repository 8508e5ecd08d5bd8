package dev.slipway.frontend.stage;

import static java.util.Objects.requireNonNull;

import dev.slipway.frontend.image.ImageDraft;
import dev.slipway.llb.Platform;
import dev.slipway.oci.config.ImageConfig;
import java.util.Optional;
import java.util.Set;

/** The result of a stage so far, which is also the start of a stage based on it. */
final class StageContent {

    private final BuildState state;
    private final ImageDraft image;
    private final Optional<ImageConfig> baseImage;
    private final Optional<Platform> platform;
    private final Set<String> usedPaths;
    private final DeclaredArguments arguments;
    private boolean workdirSet;

    private StageContent(
            BuildState state,
            ImageDraft image,
            Optional<ImageConfig> baseImage,
            Optional<Platform> platform,
            Set<String> usedPaths,
            DeclaredArguments arguments) {
        this.state = requireNonNull(state, "state is null");
        this.image = requireNonNull(image, "image is null");
        this.baseImage = baseImage;
        this.platform = platform;
        this.usedPaths = usedPaths;
        this.arguments = arguments;
    }

    /**
     * The start of a stage that is not based on another.
     *
     * @param state its root
     * @param image its config
     * @param baseImage the config of its base image, unchanged
     * @param platform its platform; a folder or a repository has none
     * @param usedPaths collects the paths that others read
     */
    static StageContent of(
            BuildState state,
            ImageDraft image,
            Optional<ImageConfig> baseImage,
            Optional<Platform> platform,
            Set<String> usedPaths) {
        return new StageContent(state, image, baseImage, platform, usedPaths, new DeclaredArguments());
    }

    /** The start of a stage based on this one. The paths that it reads count as read from this one's root. */
    StageContent forChild() {
        StageContent child =
                new StageContent(state.copy(), image.forChild(), baseImage, platform, usedPaths, arguments.copy());
        child.workdirSet = workdirSet;
        return child;
    }

    BuildState state() {
        return state;
    }

    ImageDraft image() {
        return image;
    }

    Optional<ImageConfig> baseImage() {
        return baseImage;
    }

    Optional<Platform> platform() {
        return platform;
    }

    /** The paths of the stage's root that are read; the root stands for all paths. */
    Set<String> usedPaths() {
        return usedPaths;
    }

    DeclaredArguments arguments() {
        return arguments;
    }

    /** Whether a WORKDIR of the Dockerfile has been seen, and remembers one. */
    boolean markWorkdir() {
        boolean before = workdirSet;
        workdirSet = true;
        return before;
    }
}
