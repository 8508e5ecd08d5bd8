package dev.slipway.local.collect;

import dev.slipway.executor.cache.CacheEntry.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What might be in a store. Layers have 100 bytes each and were made long ago. */
final class TestHoldings {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Instant LONG_AGO = NOW.minus(Duration.ofDays(1000));

    private final List<StoredRoot> roots = new ArrayList<>();
    private final Map<String, List<String>> snapshots = new LinkedHashMap<>();
    private final Map<String, StoredLayer> layers = new TreeMap<>();

    /** @param homes the layers that keep bytes of its files */
    TestHoldings layer(String id, String... homes) {
        layers.put(id, new StoredLayer(id, List.of(Path.of(id)), Set.of(homes), 100, LONG_AGO));
        return this;
    }

    TestHoldings snapshot(String id, String... layerIds) {
        snapshots.put(id, List.of(layerIds));
        return this;
    }

    /** @param age how long ago a build used it last */
    TestHoldings root(String name, Duration age, String... results) {
        return root(name, Type.REGULAR, age, results);
    }

    TestHoldings root(String name, Type type, Duration age, String... results) {
        roots.add(new StoredRoot(Path.of(name), List.of(results), "made by " + name, type, NOW.minus(age)));
        return this;
    }

    Holdings get() {
        return new Holdings(roots, snapshots, layers, List.of());
    }
}
