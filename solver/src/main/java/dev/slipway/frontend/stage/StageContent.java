package dev.slipway.frontend.stage;

import static java.util.Objects.requireNonNull;

import dev.slipway.frontend.image.ImageDraft;
import dev.slipway.llb.Platform;
import dev.slipway.oci.config.ImageConfig;
import java.util.Optional;
import java.util.Set;

/** What a stage has become so far, and what a stage on top of it starts with. */
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
     * What a stage finds that stands on no other.
     *
     * @param state its root
     * @param image its config
     * @param baseImage the config of the image it stands on, untouched
     * @param platform its platform; a folder or a repository has none
     * @param usedPaths collects which of its paths others want
     */
    static StageContent of(
            BuildState state,
            ImageDraft image,
            Optional<ImageConfig> baseImage,
            Optional<Platform> platform,
            Set<String> usedPaths) {
        return new StageContent(state, image, baseImage, platform, usedPaths, new DeclaredArguments());
    }

    /** What a stage on top of this one starts with. What it uses of the root counts as used of this one's. */
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

    /** The paths of the stage's root that are read by someone; the root itself stands for all. */
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
