package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.util.List;

/**
 * The platforms of a build.
 *
 * @param platforms those that were asked for; none if the executor decides
 * @param multiPlatform whether outputs are for several platforms (an index, a folder for each), even if there is only one
 */
public record Targets(List<Platform> platforms, boolean multiPlatform) {

    public Targets {
        platforms = List.copyOf(requireNonNull(platforms, "platforms is null"));
    }
}
