package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.output.Outputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image whose config says that it is another one (CVE-2024-24557): whoever has once been made to use it gets the true image all the
 * same, in its files as well as in what is written.
 */
class PoisonedImageTest {

    @TempDir
    private Path folder;

    private LocalExecutor executor;
    private Path genuine;
    private Path evil;
    private TestImage truth;

    @BeforeEach
    void writeImages() throws IOException {
        executor = LocalExecutor.open(dev.slipway.executor.ExecutorSettings.of(folder.resolve("home")));
        genuine = folder.resolve("genuine");
        evil = folder.resolve("evil");
        truth = new TestImage().layer().file("program", "good");
        truth.write(genuine);
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private void poison(Compression compression) throws IOException {
        TestImage image = new TestImage().compressed(compression).layer().file("program", "EVIL");
        image.claim(truth.diffIds().get(0)).write(evil);
        assertThat(image.diffIds()).isEqualTo(truth.diffIds());
        assertThat(image.blobDigests()).isNotEqualTo(truth.blobDigests());
    }

    private VertexWork begin(Path image) {
        return executor.begin(BuildSession.of(Map.of(), Map.of("base", image)));
    }

    private static Result use(VertexWork work) throws InterruptedException {
        return work.run(base(), List.of(), StepMonitor.NONE).get(0);
    }

    /** The digests of all blobs in the image that is written. */
    private String export(VertexWork work, Result result, String name) throws Exception {
        ImageSpec spec = new ImageSpec(
                Platform.host(),
                Bytes.utf8("{\"architecture\":\"" + Platform.host().architecture() + "\",\"os\":\"linux\"}"),
                Optional.empty(),
                Optional.empty());
        Path out = folder.resolve(name);
        ImageSet images = new ImageSet(List.of(work.image(result, spec)), false);
        Outputs.write(List.of(Output.ociLayout(out)), images, TestBuild.NO_REGISTRIES, StepMonitor.NONE);
        try (var blobs = Files.list(out.resolve("blobs/sha256"))) {
            return blobs.map(blob -> blob.getFileName().toString())
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    private void checkGenuine(String name) throws Exception {
        try (VertexWork work = begin(genuine)) {
            Result result = use(work);
            assertThat(export(work, result, name))
                    .contains(truth.blobDigests().get(0).hex());
            assertThat(work.readFile(result, "/program", 10)).contains("good".getBytes(StandardCharsets.UTF_8));
            assertThat(export(work, result, name + "-again"))
                    .contains(truth.blobDigests().get(0).hex());
        }
    }

    private void useEvil() throws Exception {
        try (VertexWork work = begin(evil)) {
            Result result = use(work);
            export(work, result, "evil-out");
            assertThat(work.readFile(result, "/program", 10))
                    .isNotEqualTo(Optional.of("EVIL".getBytes(StandardCharsets.UTF_8)));
        } catch (ExecutorException e) {
            assertThat(e).hasMessageContaining("diff id");
        }
    }

    @Test
    void comesFirst() throws Exception {
        for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD, Compression.NONE)) {
            poison(compression);
            useEvil();
            checkGenuine("after-" + compression);
            useEvil();
            checkGenuine("later-" + compression);
        }
    }

    @Test
    void comesLater() throws Exception {
        checkGenuine("before");
        poison(Compression.GZIP);
        try (VertexWork work = begin(evil)) {
            assertThatThrownBy(() -> use(work))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageContaining("diff id");
        }
        checkGenuine("after");
    }

    @Test
    void itsKeyIsAnother() throws Exception {
        poison(Compression.GZIP);
        try (VertexWork good = begin(genuine);
                VertexWork bad = begin(evil)) {
            Digest key = good.sourceKey(base(), StepMonitor.NONE);
            assertThat(bad.sourceKey(base(), StepMonitor.NONE)).isNotEqualTo(key);
            assertThat(good.sourceKey(base(), StepMonitor.NONE)).isEqualTo(key);
        }
    }

    @Test
    void theSameLayerInAnotherCompressionIsNoPoison() throws Exception {
        checkGenuine("before");
        TestImage same = new TestImage().compressed(Compression.ZSTD).layer().file("program", "good");
        same.write(evil);
        try (VertexWork work = begin(evil)) {
            Result result = use(work);
            assertThat(work.readFile(result, "/program", 10)).contains("good".getBytes(StandardCharsets.UTF_8));
        }
        try (VertexWork work = begin(genuine)) {
            assertThat(work.readFile(use(work), "/program", 10)).contains("good".getBytes(StandardCharsets.UTF_8));
        }
    }
}
