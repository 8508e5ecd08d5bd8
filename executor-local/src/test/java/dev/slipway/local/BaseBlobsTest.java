package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Output;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Compression.Format;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.Outputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One layer may come in several images, compressed in other ways. An output has it as the manifest of its own base names it. */
class BaseBlobsTest {

    @TempDir
    Path folder;

    @Test
    void whatWasBuiltBeforeDoesNotChooseTheBlobsOfABase() throws Exception {
        List<Path> images = new ArrayList<>();
        for (Compression compression :
                List.of(Compression.GZIP, Compression.ZSTD, new Compression(Format.GZIP, 1), Compression.NONE)) {
            images.add(folder.resolve("base-" + images.size()));
            new TestImage()
                    .compressed(compression)
                    .layer()
                    .file("f", "content ".repeat(1000))
                    .write(images.get(images.size() - 1));
        }
        List<Path> backwards = new ArrayList<>(images);
        Collections.reverse(backwards);

        try (LocalExecutor executor = LocalExecutor.open(ExecutorSettings.of(folder.resolve("home")))) {
            for (List<Path> order : List.of(images, backwards)) {
                for (Path image : order) {
                    List<Digest> named = blobs(image);
                    List<Digest> written = blobs(build(executor, image));
                    assertThat(written).as(image.toString()).hasSize(2).startsWith(named.get(0));
                }
            }
        }
    }

    /** Builds one more layer upon an image, and writes both. */
    private Path build(LocalExecutor executor, Path image) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("own"), "1");
        try (VertexWork work = executor.begin(BuildSession.of(Map.of("context", context), Map.of("base", image)))) {
            Vertex upon = file(Optional.of(base()), Optional.of(local()), copy("/own", "/"));
            Result root = work.run(base(), List.of(), StepMonitor.NONE).get(0);
            Result files = work.run(local(), List.of(), StepMonitor.NONE).get(0);
            Result built =
                    work.run(upon, List.of(root, files), StepMonitor.NONE).get(0);
            ImageSpec wanted = new ImageSpec(
                    Platform.host(),
                    Bytes.utf8("{\"architecture\":\"" + Platform.host().architecture() + "\",\"os\":\"linux\"}"),
                    Optional.empty(),
                    Optional.empty());
            Path out = Files.createTempDirectory(folder, "out").resolve("image");
            ImageSet images = new ImageSet(List.of(work.image(built, wanted)), false);
            Outputs.write(List.of(Output.ociLayout(out)), images, TestBuild.NO_REGISTRIES, StepMonitor.NONE);
            return out;
        }
    }

    private static List<Digest> blobs(Path layout) throws Exception {
        try (OciLayout opened = OciLayout.open(layout)) {
            Descriptor image = opened.index().manifests().get(0);
            return new ImageSelector(opened)
                    .select(image, Platform.host()).manifest().layers().stream()
                            .map(Descriptor::digest)
                            .toList();
        }
    }
}
