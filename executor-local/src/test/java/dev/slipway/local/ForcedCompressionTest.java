package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.Output;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layers of a base image are compressed anew when that is asked for, and only then; what is in them stays as it is. */
class ForcedCompressionTest {

    private static final String GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

    @TempDir
    Path folder;

    private TestBuild build;
    private Vertex built;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
        // The second layer holds what no layer has that is made here.
        new TestImage()
                .layer()
                .file("f", "1")
                .layer()
                .add(FileEntry.hardLink("link", "f").withMode(0644))
                .file("z", "2")
                .file("a", "3")
                .write(build.layout);
        build.put("own", "4");
        built = file(Optional.of(base()), Optional.of(local()), copy("/own", "/"));
    }

    @AfterEach
    void close() {
        build.close();
    }

    private record Layers(List<String> types, List<Digest> diffIds, List<Digest> blobs) {}

    private static Layers layers(Path layout) throws IOException {
        try (OciLayout opened = OciLayout.open(layout)) {
            Image image = new ImageSelector(opened).select(opened.find("latest"), Platform.host());
            List<Descriptor> layers = image.manifest().layers();
            return new Layers(
                    layers.stream().map(Descriptor::mediaType).toList(),
                    image.config().diffIds(),
                    layers.stream().map(Descriptor::digest).toList());
        }
    }

    private Layers exported(String compression, boolean force) throws Exception {
        Path layout = folder.resolve(compression + force);
        build.export(
                built,
                Output.ociLayout(layout)
                        .with("compression", compression)
                        .with("force-compression", Boolean.toString(force)));
        return layers(layout);
    }

    @Test
    void everyLayerIsCompressedAnewAndHoldsTheSameArchive() throws Exception {
        Layers before = layers(build.layout);
        Layers zstd = exported("zstd", true);
        Layers plain = exported("uncompressed", true);

        assertThat(zstd.types).containsExactly(ZSTD, ZSTD, ZSTD);
        assertThat(plain.types).containsExactly(TAR, TAR, TAR);
        assertThat(zstd.diffIds).startsWith(before.diffIds.toArray(Digest[]::new));
        assertThat(plain.diffIds).isEqualTo(zstd.diffIds);
        assertThat(plain.blobs).isEqualTo(plain.diffIds);
    }

    @Test
    void otherwiseTheLayersOfTheBaseStayWhatTheyWere() throws Exception {
        Layers before = layers(build.layout);
        exported("zstd", true);
        Layers after = exported("zstd", false);

        assertThat(after.types).containsExactly(GZIP, GZIP, ZSTD);
        assertThat(after.blobs).startsWith(before.blobs.toArray(Digest[]::new));
    }
}
