package dev.slipway.oci;

import dev.slipway.llb.Platform;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** An index has no image for a platform. */
public final class PlatformNotFoundException extends IOException {

    private static final long serialVersionUID = 1;

    public PlatformNotFoundException(Platform wanted, List<Platform> available) {
        super("no image for platform " + wanted.format() + "; "
                + (available.isEmpty()
                        ? "there are no images in the index"
                        : "there are images for "
                                + available.stream().map(Platform::formatAll).collect(Collectors.joining(", "))));
    }
}
