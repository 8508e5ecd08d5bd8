package dev.slipway.oci.cache;

import static dev.slipway.oci.cache.TestCaches.TIME;
import static dev.slipway.oci.cache.TestCaches.digest;
import static dev.slipway.oci.cache.TestCaches.layer;
import static dev.slipway.oci.cache.TestCaches.link;
import static dev.slipway.oci.cache.TestCaches.source;
import static dev.slipway.oci.cache.TestCaches.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.cache.CacheGraph.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CacheMergeTest {

    @Test
    void recordsThatOnlyOneGraphHasAreAllThere() throws Exception {
        CacheGraph<List<CachedLayer>> amd64 =
                new CacheGraph<>(List.of(source("amd64"), step("compile", List.of(link(0)), "for amd64")));
        CacheGraph<List<CachedLayer>> arm64 =
                new CacheGraph<>(List.of(source("arm64"), step("compile", List.of(link(0)), "for arm64")));

        CacheGraph<List<CachedLayer>> both = CacheMerge.of(List.of(amd64, arm64));

        assertThat(both.entries()).hasSize(4);
        assertThat(both.entries())
                .flatExtracting(entry -> entry.result().stream()
                        .flatMap(result -> result.value().stream())
                        .toList())
                .containsExactlyInAnyOrder(layer("for amd64"), layer("for arm64"));
    }

    @Test
    void aGraphIsTheSameWhenItIsMergedWithItself() throws Exception {
        CacheGraph<List<CachedLayer>> once = CacheMerge.of(List.of(TestCaches.usual()));

        assertThat(once.entries()).hasSameSizeAs(TestCaches.usual().entries());
        assertThat(CacheMerge.of(List.of(once, TestCaches.usual()))).isEqualTo(once);
    }

    @Test
    void ofTwoResultsTheNewerStays() throws Exception {
        CacheGraph<List<CachedLayer>> old =
                new CacheGraph<>(List.of(source("base"), step("compile", List.of(link(0)), "old")));
        CacheGraph<List<CachedLayer>> fresh = new CacheGraph<>(
                List.of(source("base"), step("compile", TIME.plusSeconds(1), List.of(link(0)), "fresh")));

        assertThat(result(CacheMerge.of(List.of(old, fresh)), 1)).contains(List.of(layer("fresh")));
        assertThat(result(CacheMerge.of(List.of(fresh, old)), 1)).contains(List.of(layer("fresh")));
    }

    @Test
    void recordsThatShareOneOfTheirInputsRecordsAreTheSame() throws Exception {
        CacheGraph<List<CachedLayer>> byDefinition = new CacheGraph<>(List.of(
                source("content"), source("build 1"), step("copy", List.of(link(0), link(1, "/out")), "copied")));
        CacheGraph<List<CachedLayer>> byContent =
                new CacheGraph<>(List.of(source("content"), step("copy", List.of(link(0)))));

        CacheGraph<List<CachedLayer>> merged = CacheMerge.of(List.of(byContent, byDefinition));

        assertThat(merged.entries()).hasSize(3);
        Entry<List<CachedLayer>> copy = merged.entries().get(1);
        assertThat(copy.digest()).isEqualTo(digest("copy"));
        assertThat(copy.inputs()).containsExactly(List.of(link(0), link(2, "/out")));
        assertThat(copy.result()).isPresent();
    }

    @Test
    void recordsWithOtherSelectorsAreNotTheSame() throws Exception {
        CacheGraph<List<CachedLayer>> one =
                new CacheGraph<>(List.of(source("base"), step("copy", List.of(link(0, "/a")), "a")));
        CacheGraph<List<CachedLayer>> other =
                new CacheGraph<>(List.of(source("base"), step("copy", List.of(link(0, "/b")), "b")));

        assertThat(CacheMerge.of(List.of(one, other)).entries()).hasSize(3);
    }

    @Test
    void aStepThatCopiesWhatItCopiedBeforeDoesNotStandUponItself() throws Exception {
        // The same file is copied once more: the second copy reads the same content, and is reached from the first.
        CacheGraph<List<CachedLayer>> twice = new CacheGraph<>(List.of(
                source("content"),
                step("copy", List.of(link(0)), "copied"),
                step("copy", List.of(link(0), link(1)), "copied")));

        CacheGraph<List<CachedLayer>> merged = CacheMerge.of(List.of(twice));

        assertThat(merged.entries()).hasSize(2);
        assertThat(merged.entries().get(1).inputs()).containsExactly(List.of(link(0)));
    }

    @Test
    void recordsInACircleAreRefused() {
        CacheGraph<List<CachedLayer>> circle =
                new CacheGraph<>(List.of(step("a", List.of(link(1))), step("b", List.of(link(0)))));

        assertThatThrownBy(() -> CacheMerge.of(List.of(circle)))
                .isInstanceOf(InvalidCacheException.class)
                .hasMessageContaining("circle");
    }

    private static Optional<List<CachedLayer>> result(CacheGraph<List<CachedLayer>> graph, int position) {
        return graph.entries().get(position).result().map(CacheGraph.Stored::value);
    }
}
