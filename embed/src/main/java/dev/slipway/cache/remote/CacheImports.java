package dev.slipway.cache.remote;

import dev.slipway.cache.CacheImport;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.CacheMerge;
import dev.slipway.oci.cache.CachePlace;
import dev.slipway.oci.cache.CacheReader;
import dev.slipway.oci.cache.CachedLayer;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.solver.cache.ImportedCache;
import dev.slipway.solver.cache.ImportedCache.Layers;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Reads the caches that a build may use. One that cannot be read costs a warning: what it would have had is made. */
public final class CacheImports {

    private static final int AT_ONCE = 4;

    private final CachePlaces places;
    private final StepMonitor monitor;
    private final Map<CacheImport, CacheGraph<Layers>> read = new ConcurrentHashMap<>();

    /**
     * @param registries gives what reaches registries
     * @param monitor hears of what cannot be read
     */
    public CacheImports(Supplier<RegistryClient> registries, StepMonitor monitor) {
        this.places = new CachePlaces(registries);
        this.monitor = monitor;
    }

    /** The records of all of these caches. Of their layers nothing is read. */
    public ImportedCache read(List<CacheImport> caches) throws InterruptedException {
        try {
            Parallel.forEachOfFew(caches.stream().distinct().toList(), AT_ONCE, Reading::new);
            List<CacheGraph<Layers>> graphs = new ArrayList<>();
            for (CacheImport cache : caches) {
                Optional.ofNullable(read.get(cache)).ifPresent(graphs::add);
            }
            return new ImportedCache(CacheMerge.of(graphs));
        } catch (IOException e) {
            monitor.warn("the caches cannot be joined, and are not used: " + FileErrors.reason(e));
            return ImportedCache.EMPTY;
        }
    }

    /** Reads caches, in one thread. */
    private final class Reading implements Parallel.Worker<CacheImport> {

        @Override
        public void accept(CacheImport cache) throws InterruptedException {
            CachePlace place = places.of(cache);
            try {
                Optional<Descriptor> root = place.find();
                if (root.isEmpty()) {
                    monitor.warn("there is no cache " + place.name() + " yet");
                    return;
                }
                read.put(cache, graph(place, root.get()));
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                monitor.warn(
                        "the cache " + place.name() + " is not used, for it cannot be read: " + FileErrors.reason(e));
            }
        }

        @Override
        public void close() {}
    }

    private CacheGraph<Layers> graph(CachePlace place, Descriptor root) throws IOException {
        BlobSource blobs = place.blobs();
        CacheGraph<List<CachedLayer>> graph = CacheReader.read(root, blobs);
        if (!graph.hasResults()) {
            monitor.warn("the cache " + place.name() + " holds nothing that could be used");
        }
        return graph.map(layers -> new Layers(
                place.name(), layers.stream().map(layer -> remote(layer, blobs)).toList()));
    }

    private static RemoteLayer remote(CachedLayer layer, BlobSource blobs) {
        return new RemoteLayer(layer.blob(), layer.diffId(), layer.created().orElse(Instant.EPOCH), blobs::open);
    }
}
