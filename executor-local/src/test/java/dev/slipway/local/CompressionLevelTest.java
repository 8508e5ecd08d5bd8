package dev.slipway.local;

import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.Output;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image is what its options say, whatever other builds have compressed before it. */
class CompressionLevelTest {

    @TempDir
    Path folder;

    private TestBuild build;
    private int count;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
        build.put("own", "how much wood would a woodchuck chuck ".repeat(5_000) + "if it could");
    }

    @AfterEach
    void close() {
        build.close();
    }

    @ParameterizedTest
    @CsvSource({"gzip, 1, 9", "zstd, 1, 19"})
    void aLayerOfAnotherLevelDoesNotServe(String format, int low, int high) throws Exception {
        Descriptor first = layer(format, low);
        Descriptor other = layer(format, high);

        assertThat(other.size()).isLessThan(first.size());
        assertThat(layer(format, low)).isEqualTo(first);
        assertThat(layer(format, high)).isEqualTo(other);
    }

    private Descriptor layer(String format, int level) throws Exception {
        Path layout = folder.resolve("layout" + count++);
        build.export(
                file(Optional.empty(), Optional.of(local()), copy("/own", "/")),
                Output.ociLayout(layout)
                        .with("compression", format)
                        .with("compression-level", Integer.toString(level)));
        try (OciLayout opened = OciLayout.open(layout)) {
            return new ImageSelector(opened)
                    .select(opened.find("latest"), Platform.host())
                    .manifest()
                    .layers()
                    .get(0);
        }
    }
}
