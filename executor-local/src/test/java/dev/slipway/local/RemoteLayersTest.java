package dev.slipway.local;

import static dev.slipway.local.TestBuild.base;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.LayerLostException;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of caches are fetched when they are needed, and never believed. */
class RemoteLayersTest {

    private static final Instant TIME = Instant.parse("2026-11-30T12:00:00Z");
    private static final Digest KEY = Digest.sha256("key");

    @TempDir
    private Path folder;

    private LocalExecutor executor;
    private Path layout;
    private TestImage image;
    private final List<Digest> fetched = new ArrayList<>();

    @BeforeEach
    void writeImage() throws IOException {
        executor = open();
        layout = folder.resolve("layout");
        image = new TestImage().layer().file("low", "low").layer().file("high", "high");
        image.write(layout);
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private LocalExecutor open() {
        return LocalExecutor.open(ExecutorSettings.of(folder.resolve("home")));
    }

    private VertexWork begin() {
        return executor.begin(BuildSession.of(Map.of(), Map.of("base", layout)));
    }

    private List<RemoteLayer> layers() throws IOException {
        return List.of(
                layer(0, image.diffIds().get(0)), layer(1, image.diffIds().get(1)));
    }

    private RemoteLayer layer(int number, Digest diffId) throws IOException {
        Digest blob = image.blobDigests().get(number);
        long size = Files.size(path(blob));
        return new RemoteLayer(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, blob, size), diffId, TIME, this::fetch);
    }

    private Path path(Digest blob) {
        return layout.resolve("blobs/sha256/" + blob.hex());
    }

    private InputStream fetch(Descriptor blob) throws IOException {
        fetched.add(blob.digest());
        return new ByteArrayInputStream(Files.readAllBytes(path(blob.digest())));
    }

    private static String read(VertexWork work, Result result, String path) throws InterruptedException {
        return new String(work.readFile(result, path, 100).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static List<? extends BuiltLayer> layers(VertexWork work, Result result) throws InterruptedException {
        ImageSpec spec = new ImageSpec(Platform.host(), Bytes.utf8("{}"), Optional.empty(), Optional.empty());
        return work.image(result, spec).layers();
    }

    @Test
    void aLayerIsFetchedOnceAndNotBeforeItIsNeeded() throws Exception {
        try (VertexWork work = begin()) {
            Result result = work.remote(layers()).orElseThrow();
            List<LayerBlob> blobs = new ArrayList<>();
            for (BuiltLayer layer : layers(work, result)) {
                blobs.add(layer.blob(LayerRequest.USUAL, StepMonitor.NONE));
                assertThat(layer.created()).contains(TIME);
            }
            assertThat(blobs).extracting(blob -> blob.descriptor().digest()).isEqualTo(image.blobDigests());
            assertThat(fetched).isEmpty();

            BuiltLayer high = layers(work, result).get(1);
            try (InputStream in = high.open(blobs.get(1).descriptor())) {
                assertThat(in.readAllBytes())
                        .isEqualTo(Files.readAllBytes(path(image.blobDigests().get(1))));
            }
            assertThat(fetched).containsExactly(image.blobDigests().get(1));

            assertThat(read(work, result, "/low")).isEqualTo("low");
            assertThat(read(work, result, "/high")).isEqualTo("high");
            assertThat(fetched)
                    .containsExactly(
                            image.blobDigests().get(1), image.blobDigests().get(0));
        }
    }

    @Test
    void aRecordCountsInAnotherProcessOnceItsLayersHaveBeenFetched() throws Exception {
        try (VertexWork work = begin()) {
            Result result = work.remote(layers()).orElseThrow();
            work.save(new CacheRecord(KEY, "step", List.of(), List.of(), List.of(result)));
            assertThat(work.find(KEY)).isPresent();
        }
        executor.close();
        executor = open();
        try (VertexWork work = begin()) {
            assertThat(work.find(KEY)).isEmpty();
            Result result = work.remote(layers()).orElseThrow();
            assertThat(work.find(KEY)).isPresent();
            read(work, result, "/high");
        }
        executor.close();
        executor = open();
        try (VertexWork work = begin()) {
            CacheRecord record = work.find(KEY).orElseThrow();
            assertThat(read(work, record.results().get(0), "/low")).isEqualTo("low");
            assertThat(layers(work, record.results().get(0)).get(0).created()).contains(TIME);
        }
    }

    @Test
    void aDamagedLayerIsLostAndIsNotAskedForAgain() throws Exception {
        Files.write(path(image.blobDigests().get(1)), new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        Descriptor said = layers().get(1).blob();
        try (VertexWork work = begin()) {
            Result result = work.remote(List.of(
                            layers().get(0),
                            new RemoteLayer(
                                    Descriptor.of(said.mediaType(), said.digest(), said.size() - 1),
                                    image.diffIds().get(1),
                                    TIME,
                                    this::fetch)))
                    .orElseThrow();
            work.save(new CacheRecord(KEY, "step", List.of(), List.of(), List.of(result)));

            assertThatThrownBy(() -> read(work, result, "/high"))
                    .isInstanceOfSatisfying(
                            LayerLostException.class,
                            e -> assertThat(e.blob())
                                    .isEqualTo(image.blobDigests().get(1)));
            assertThat(work.find(KEY)).isEmpty();
        }
    }

    @Test
    void aLayerThatIsGoneIsLost() throws Exception {
        try (VertexWork work = begin()) {
            Result result = work.remote(layers()).orElseThrow();
            Files.delete(path(image.blobDigests().get(0)));

            assertThatThrownBy(() -> read(work, result, "/high")).isInstanceOf(LayerLostException.class);
        }
    }

    @Test
    void aLayerThatClaimsToBeAnotherIsLost() throws Exception {
        try (VertexWork work = begin()) {
            Result result =
                    work.remote(List.of(layer(0, Digest.sha256("another")))).orElseThrow();

            assertThatThrownBy(() -> read(work, result, "/low"))
                    .isInstanceOf(LayerLostException.class)
                    .hasMessageContaining("diff id");
        }
    }

    @Test
    void aLayerCannotTakeThePlaceOfThatOfAnImage() throws Exception {
        RemoteLayer evil = layer(0, image.diffIds().get(1));
        try (VertexWork work = begin()) {
            Result genuine = work.run(base(), List.of(), StepMonitor.NONE).get(0);
            Result poisoned =
                    work.remote(List.of(layer(0, image.diffIds().get(0)), evil)).orElseThrow();

            assertThat(poisoned).isEqualTo(genuine);
            assertThat(read(work, poisoned, "/high")).isEqualTo("high");
        }
    }

    @Test
    void anImageGetsItsOwnLayerWhateverACacheSaidOfItBefore() throws Exception {
        RemoteLayer evil = layer(0, image.diffIds().get(1));
        try (VertexWork work = begin()) {
            Result poisoned =
                    work.remote(List.of(layer(0, image.diffIds().get(0)), evil)).orElseThrow();
            assertThatThrownBy(() -> read(work, poisoned, "/high")).isInstanceOf(LayerLostException.class);

            Result genuine = work.run(base(), List.of(), StepMonitor.NONE).get(0);
            assertThat(read(work, genuine, "/high")).isEqualTo("high");
        }
    }

    @Test
    void anImageWhoseLayersACacheHasAsWellIsNotFetchedTwice() throws Exception {
        try (VertexWork work = begin()) {
            work.remote(layers());
            Result genuine = work.run(base(), List.of(), StepMonitor.NONE).get(0);

            assertThat(read(work, genuine, "/high")).isEqualTo("high");
            assertThat(fetched).isEmpty();
        }
    }
}
