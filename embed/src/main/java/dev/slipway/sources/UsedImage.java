package dev.slipway.sources;

import dev.slipway.executor.ResolvedImage;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import java.util.Optional;

/**
 * An image of a registry that a build uses.
 *
 * @param reference its normalised name
 * @param resolved what it is; empty if it is missing and nobody may be asked
 */
record UsedImage(String reference, Platform platform, Optional<ResolvedImage> resolved) {

    /** Whether a source of the build is this image. */
    boolean is(SourceOp source) {
        String name = "docker-image://" + reference;
        return source.identifier().equals(name) || source.identifier().startsWith(name + "@");
    }

    String platformName() {
        return platform.normalized().formatAll();
    }
}
