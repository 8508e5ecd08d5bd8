package dev.slipway.oci.cache;

import static dev.slipway.oci.cache.TestCaches.TIME;
import static dev.slipway.oci.cache.TestCaches.layer;
import static dev.slipway.oci.cache.TestCaches.link;
import static dev.slipway.oci.cache.TestCaches.source;
import static dev.slipway.oci.cache.TestCaches.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CacheReaderTest {

    private final List<Bytes> documents = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void everyFormatIsReadAsItWasWritten(CacheFormat format) throws Exception {
        CacheArtifact artifact = CacheArtifact.of(TestCaches.usual(), format);
        documents.addAll(artifact.documents());

        CacheGraph<List<CachedLayer>> read = read(artifact.root());

        assertThat(read.entries()).hasSize(4);
        assertThat(CacheArtifact.of(read, format)).isEqualTo(artifact);
        assertThat(read.entries().stream()
                        .flatMap(entry -> entry.result().stream())
                        .flatMap(result -> result.value().stream())
                        .map(layer -> layer.diffId())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        layer("base layer").diffId(),
                        layer("compiled").diffId(),
                        layer("copied").diffId());
    }

    @Test
    void aLayerWithoutADiffIdCannotBeUsed() throws Exception {
        Descriptor records = add(CacheArtifact.RECORDS, CacheDocumentWriter.write(TestCaches.usual()));
        Descriptor root = add(
                MediaTypes.OCI_MANIFEST,
                Manifest.of(
                                MediaTypes.OCI_MANIFEST,
                                records,
                                List.of(layer("base layer").blob()))
                        .toJson());

        CacheGraph<List<CachedLayer>> read = read(root);

        assertThat(read.entries()).hasSize(4);
        assertThat(read.hasResults()).isFalse();
    }

    @Test
    void imagesOfSeveralPlatformsHoldTheirRecordsThemselves() throws Exception {
        List<Descriptor> images = new ArrayList<>();
        for (String platform : List.of("amd64", "arm64")) {
            CacheGraph<List<CachedLayer>> graph =
                    new CacheGraph<>(List.of(source(platform), step("run", List.of(link(0)), "base layer", platform)));
            images.add(image(graph, List.of("base layer", platform)));
        }

        CacheGraph<List<CachedLayer>> read =
                read(add(MediaTypes.OCI_INDEX, Index.of(images).toJson()));

        assertThat(read.entries().stream()
                        .flatMap(entry -> entry.result().stream())
                        .map(CacheGraph.Stored::value))
                .containsExactlyInAnyOrder(
                        List.of(layer("base layer"), layer("amd64")), List.of(layer("base layer"), layer("arm64")));
    }

    @Test
    void layersOfAnImageCanBeAResultInAnotherOrder() throws Exception {
        CacheGraph<List<CachedLayer>> graph = new CacheGraph<>(List.of(
                source("base"), step("run", List.of(link(0)), "c", "a"), step("other", List.of(link(0)), "elsewhere")));

        CacheGraph<List<CachedLayer>> read = read(image(graph, List.of("a", "b", "c")));

        assertThat(read.entries().stream()
                        .flatMap(entry -> entry.result().stream())
                        .map(CacheGraph.Stored::value))
                .containsExactly(List.of(layer("c"), layer("a")));
    }

    @Test
    void noRecordsAreWrittenForAnImageThatHasNoneOfTheLayers() throws Exception {
        assertThat(InlineCache.write(TestCaches.usual(), List.of(layer("other"))))
                .isEmpty();
    }

    @Test
    void anImageWithoutRecordsIsAnEmptyCache() throws Exception {
        assertThat(read(image("{\"rootfs\":{\"diff_ids\":[]}}", List.of())).entries())
                .isEmpty();
    }

    @Test
    void recordsThatAreNotBase64AreRefused() throws Exception {
        Descriptor image = image("{\"rootfs\":{\"diff_ids\":[]},\"moby.buildkit.cache.v0\":\"?\"}", List.of());

        assertThatThrownBy(() -> read(image))
                .isInstanceOf(InvalidCacheException.class)
                .hasMessageContaining("Base64");
    }

    private Descriptor image(CacheGraph<List<CachedLayer>> graph, List<String> layers) throws Exception {
        Optional<Bytes> records =
                InlineCache.write(graph, layers.stream().map(TestCaches::layer).toList());
        String history = layers.stream()
                .map(layer -> "{\"created\":\"" + TIME + "\"},{\"empty_layer\":true}")
                .collect(Collectors.joining(","));
        String diffIds = layers.stream()
                .map(layer -> "\"" + layer(layer).diffId() + "\"")
                .collect(Collectors.joining(","));
        String config = "{\"rootfs\":{\"diff_ids\":[" + diffIds + "]},\"history\":[" + history
                + "],\"moby.buildkit.cache.v0\":\""
                + Base64.getEncoder().encodeToString(records.orElseThrow().toArray()) + "\"}";
        return image(config, layers);
    }

    private Descriptor image(String config, List<String> layers) {
        Descriptor described = add(MediaTypes.OCI_CONFIG, config.getBytes(StandardCharsets.UTF_8));
        List<Descriptor> blobs =
                layers.stream().map(layer -> layer(layer).blob()).toList();
        return add(
                MediaTypes.OCI_MANIFEST,
                Manifest.of(MediaTypes.OCI_MANIFEST, described, blobs).toJson());
    }

    private Descriptor add(String mediaType, byte[] document) {
        documents.add(Bytes.of(document));
        return Descriptor.of(mediaType, document);
    }

    private CacheGraph<List<CachedLayer>> read(Descriptor root) throws Exception {
        return CacheReader.read(root, new DocumentBlobs(documents));
    }
}
