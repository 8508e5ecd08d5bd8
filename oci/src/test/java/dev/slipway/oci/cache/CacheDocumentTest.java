package dev.slipway.oci.cache;

import static dev.slipway.oci.cache.TestCaches.digest;
import static dev.slipway.oci.cache.TestCaches.layer;
import static dev.slipway.oci.cache.TestCaches.link;
import static dev.slipway.oci.cache.TestCaches.source;
import static dev.slipway.oci.cache.TestCaches.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.llb.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheDocumentTest {

    private static final Map<Digest, CachedLayer> LAYERS = Stream.of("base layer", "compiled", "copied")
            .map(TestCaches::layer)
            .collect(Collectors.toMap(layer -> layer.blob().digest(), layer -> layer));

    @Test
    void whatIsWrittenIsReadAsItWas() throws Exception {
        CacheGraph<List<CachedLayer>> sorted = EntryOrder.sorted(TestCaches.usual());

        assertThat(CacheDocumentReader.read(CacheDocumentWriter.write(TestCaches.usual()), LAYERS))
                .isEqualTo(sorted);
    }

    @Test
    void theOrderInWhichRecordsComeDoesNotMatter() throws Exception {
        CacheGraph<List<CachedLayer>> other = new CacheGraph<>(List.of(
                TestCaches.usual()
                        .entries()
                        .get(3)
                        .withInputs(List.of(List.of(link(3)), List.of(link(2), link(1, "/out")))),
                step("compile", List.of(link(3)), "base layer", "compiled"),
                source("content"),
                source("base")));

        assertThat(CacheDocumentWriter.write(other)).isEqualTo(CacheDocumentWriter.write(TestCaches.usual()));
    }

    @Test
    void itLooksAsBuildKitWritesIt() throws Exception {
        CacheGraph<List<CachedLayer>> graph =
                new CacheGraph<>(List.of(source("base"), step("run", List.of(link(0, "/src")), "low", "high")));

        // By their digests, "low" comes before "high" and "run" before "base". A parent 0 is left out.
        assertThat(text(CacheDocumentWriter.write(graph)))
                .isEqualTo("{\"layers\":[{\"blob\":\"%s\",\"parent\":-1},{\"blob\":\"%s\"}],\"records\":["
                                .formatted(digest("low"), digest("high"))
                        + "{\"layers\":[{\"layer\":1,\"createdAt\":\"2026-11-30T12:00:00.123456789Z\"}],\"digest\":\"%s\","
                                .formatted(digest("run"))
                        + "\"inputs\":[[{\"selector\":\"%s\",\"link\":1}]]},".formatted(digest("/src"))
                        + "{\"digest\":\"%s\"}]}".formatted(digest("base")));
    }

    @Test
    void aParentThatIsNotWrittenIsTheFirstLayer() throws Exception {
        String document = """
            {"layers":[{"blob":"%s","parent":-1},{"blob":"%s"}],
             "records":[{"digest":"%s","layers":[{"layer":1,"createdAt":"2026-11-30T12:00:00Z"}]}]}
            """.formatted(digest("base layer"), digest("compiled"), digest("x"));

        assertThat(results(document)).containsExactly(List.of(layer("base layer"), layer("compiled")));
    }

    @Test
    void aResultOfWhichALayerIsGoneIsNone() throws Exception {
        String document = """
            {"layers":[{"blob":"%s","parent":-1},{"blob":"%s"}],
             "records":[{"digest":"%s","layers":[{"layer":1,"createdAt":"2026-11-30T12:00:00Z"}]},
                        {"digest":"%s","layers":[{"layer":0,"createdAt":"2026-11-30T12:00:00Z"}]}]}
            """.formatted(digest("base layer"), digest("gone"), digest("x"), digest("y"));

        assertThat(results(document)).containsExactly(List.of(layer("base layer")));
    }

    @Test
    void ofSeveralResultsTheNewestCounts() throws Exception {
        String document = """
            {"layers":[{"blob":"%s","parent":-1},{"blob":"%s","parent":-1}],
             "records":[{"digest":"%s","layers":[{"layer":0,"createdAt":"2026-11-30T12:00:00Z"}],
                         "chains":[{"layers":[0,1],"createdAt":"2026-11-30T13:00:01+01:00"}]}]}
            """.formatted(digest("base layer"), digest("compiled"), digest("x"));

        assertThat(results(document)).containsExactly(List.of(layer("base layer"), layer("compiled")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"records\":[{}]}",
                "{\"records\":[{\"digest\":\"random:0\"}]}",
                "{\"records\":[{\"digest\":\"DIGEST\",\"inputs\":[[]]}]}",
                "{\"records\":[{\"digest\":\"DIGEST\",\"inputs\":[[{\"link\":1}]]}]}",
                "{\"records\":[{\"digest\":\"DIGEST\",\"inputs\":[[{\"link\":-1}]]}]}",
                "{\"records\":[{\"digest\":\"DIGEST\",\"inputs\":[[{\"link\":0}]]}]}",
                "{\"records\":[{\"digest\":\"DIGEST\",\"inputs\":[[{\"link\":4294967296}]]}]}",
                "{\"records\":[{\"digest\":\"DIGEST\"},{\"digest\":\"DIGEST\",\"inputs\":[[{\"selector\":\"/a\"}]]}]}",
                "{\"records\":[{\"digest\":\"DIGEST\",\"layers\":[{\"layer\":0,\"createdAt\":\"2026-11-30T12:00:00Z\"}]}]}",
                "{\"layers\":[{\"blob\":\"DIGEST\"}],\"records\":[{\"digest\":\"DIGEST\",\"layers\":[{\"layer\":0,\"createdAt\":\"2026-11-30T12:00:00Z\"}]}]}",
                "{\"layers\":[{\"blob\":\"KNOWN\",\"parent\":-1}],\"records\":[{\"digest\":\"DIGEST\",\"layers\":[{\"layer\":0,\"createdAt\":\"now\"}]}]}",
                "{\"layers\":[{\"blob\":\"DIGEST\",\"parent\":7}],\"records\":[{\"digest\":\"DIGEST\",\"layers\":[{\"layer\":0,\"createdAt\":\"2026-11-30T12:00:00Z\"}]}]}",
            })
    void aDamagedDocumentIsRefused(String document) {
        String damaged = document.replace("DIGEST", digest("x").toString())
                .replace("KNOWN", digest("compiled").toString());

        assertThatThrownBy(() -> read(damaged)).isInstanceOf(InvalidCacheException.class);
    }

    @Test
    void aDocumentWithTooManyRecordsIsRefused() {
        String records = IntStream.range(0, 20_001)
                .mapToObj(i -> "{\"digest\":\"" + digest("x") + "\"}")
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> read("{\"records\":[" + records + "]}"))
                .isInstanceOf(InvalidCacheException.class)
                .hasMessageContaining("20001 records");
    }

    private static List<List<CachedLayer>> results(String document) throws InvalidCacheException {
        return read(document).entries().stream()
                .flatMap(entry -> entry.result().stream())
                .map(CacheGraph.Stored::value)
                .toList();
    }

    private static CacheGraph<List<CachedLayer>> read(String document) throws InvalidCacheException {
        return CacheDocumentReader.read(document.getBytes(StandardCharsets.UTF_8), LAYERS);
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }
}
