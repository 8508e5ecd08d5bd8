package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Holds images that were written against the validator. */
final class ValidImages {

    private ValidImages() {}

    /** Requires that all images of a layout, a folder or an archive, are sound. All layers are read. */
    static void require(Path path) throws IOException {
        assertThat(problems(path)).as(path.toString()).isEmpty();
    }

    /** What is wrong with the images of a layout, a folder or an archive. */
    static List<String> problems(Path path) throws IOException {
        List<String> problems = new ArrayList<>();
        try (OciLayout layout = OciLayout.open(path)) {
            for (Descriptor root : layout.index().manifests()) {
                problems.addAll(ImageValidator.problems(root, layout));
            }
        }
        return problems;
    }
}
