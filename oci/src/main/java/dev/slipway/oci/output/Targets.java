package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.util.List;

/**
 * What a build makes images for.
 *
 * @param platforms those that were asked for; none if that is left to the executor
 * @param multiPlatform whether outputs have room for several platforms (an index, a folder for each), even with one
 */
public record Targets(List<Platform> platforms, boolean multiPlatform) {

    public Targets {
        platforms = List.copyOf(requireNonNull(platforms, "platforms is null"));
    }
}
