package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;

/** Holds images that were written against the validator. */
final class ValidImages {

    private ValidImages() {}

    /** Requires that all images of a layout, a folder or an archive, are sound. All layers are read. */
    static void require(Path path) throws IOException {
        try (OciLayout layout = OciLayout.open(path)) {
            for (Descriptor root : layout.index().manifests()) {
                assertThat(ImageValidator.problems(root, layout))
                        .as(path + ": " + root.digest())
                        .isEmpty();
            }
        }
    }
}
