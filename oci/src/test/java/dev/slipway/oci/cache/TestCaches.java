package dev.slipway.oci.cache;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Small caches, whose digests are those of their names. */
final class TestCaches {

    static final Instant TIME = Instant.parse("2026-11-30T12:00:00.123456789Z");

    private TestCaches() {}

    static Digest digest(String name) {
        return Digest.sha256(name);
    }

    static CachedLayer layer(String name) {
        return new CachedLayer(
                Descriptor.of(MediaTypes.OCI_LAYER_GZIP, digest(name), name.length()),
                digest(name + " unpacked"),
                Optional.of(TIME));
    }

    static Entry<List<CachedLayer>> source(String name) {
        return new Entry<>(digest(name), List.of(), Optional.empty());
    }

    /** A step with one input, which any of these records satisfies. */
    static Entry<List<CachedLayer>> step(String name, List<Link> input, String... layers) {
        return step(name, TIME, input, layers);
    }

    static Entry<List<CachedLayer>> step(String name, Instant createdAt, List<Link> input, String... layers) {
        List<CachedLayer> made = Stream.of(layers).map(TestCaches::layer).toList();
        return new Entry<>(
                digest(name),
                List.of(input),
                made.isEmpty() ? Optional.empty() : Optional.of(new Stored<>(made, createdAt)));
    }

    static Link link(int entry) {
        return new Link(entry, Optional.empty());
    }

    static Link link(int entry, String selector) {
        return new Link(entry, Optional.of(digest(selector)));
    }

    /** A base, a step upon it, and a copy of a part of that step's result upon the base. */
    static CacheGraph<List<CachedLayer>> usual() {
        return new CacheGraph<>(List.of(
                source("base"),
                step("compile", List.of(link(0)), "base layer", "compiled"),
                source("content"),
                new Entry<>(
                        digest("copy"),
                        List.of(List.of(link(0)), List.of(link(1, "/out"), link(2))),
                        Optional.of(new Stored<>(List.of(layer("base layer"), layer("copied")), TIME)))));
    }
}
