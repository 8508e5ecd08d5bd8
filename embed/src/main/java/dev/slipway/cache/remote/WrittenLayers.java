package dev.slipway.cache.remote;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.executor.image.RemoteLayer;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.CacheMerge;
import dev.slipway.oci.cache.CachedLayer;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.solver.cache.ImportedCache.Layers;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The layers of a cache as blobs.
 *
 * @param graph the records, with the blobs of their results
 * @param blobs where these are read
 */
record WrittenLayers(CacheGraph<List<CachedLayer>> graph, BlobSource blobs) {

    private static final int AT_ONCE = 4;

    /** Makes the blobs that there are not yet. */
    static WrittenLayers of(CacheGraph<List<BuiltLayer>> graph, LayerRequest wanted, StepMonitor monitor)
            throws IOException, InterruptedException {
        List<BuiltLayer> distinct = graph.entries().stream()
                .flatMap(entry -> entry.result().stream())
                .flatMap(result -> result.value().stream())
                .distinct()
                .toList();
        Map<BuiltLayer, LayerBlob> made = new ConcurrentHashMap<>();
        Parallel.forEachOfFew(distinct, AT_ONCE, () -> new Writing(made, wanted, monitor));
        Map<Digest, BuiltLayer> sources = new HashMap<>();
        made.forEach((layer, blob) -> sources.put(blob.descriptor().digest(), layer));
        return new WrittenLayers(
                graph.map(layers -> layers.stream()
                        .map(layer -> cached(layer, requireNonNull(made.get(layer))))
                        .toList()),
                descriptor -> {
                    BuiltLayer layer = sources.get(descriptor.digest());
                    if (layer == null) {
                        throw new BlobNotFoundException("no layer of the cache has the blob " + descriptor.digest());
                    }
                    return layer.open(descriptor);
                });
    }

    /**
     * The same with what was imported of the same records. Steps that were found whole, without a look at what is below, have neither
     * results here nor links to what they read.
     *
     * @param results whether the results are wanted, too
     */
    WrittenLayers with(CacheGraph<Layers> imported, boolean results) throws IOException {
        Map<Digest, RemoteLayer> remote = new HashMap<>();
        imported.entries().stream()
                .flatMap(entry -> entry.result().stream())
                .flatMap(result -> result.value().layers().stream())
                .forEach(layer -> remote.put(layer.blob().digest(), layer));
        CacheGraph<List<CachedLayer>> others = imported.map(layers -> layers.layers().stream()
                .map(layer -> new CachedLayer(layer.blob(), layer.diffId(), Optional.of(layer.created())))
                .toList());
        CacheGraph<List<CachedLayer>> wanted = results
                ? others
                : new CacheGraph<>(others.entries().stream()
                        .map(entry -> entry.<List<CachedLayer>>withResult(Optional.empty()))
                        .toList());
        int own = CacheMerge.of(List.of(graph)).entries().size();
        CacheGraph<List<CachedLayer>> joined = CacheMerge.of(List.of(graph, wanted));
        return new WrittenLayers(joined.first(own), blob -> {
            RemoteLayer layer = remote.get(blob.digest());
            try {
                return blobs.open(blob);
            } catch (BlobNotFoundException e) {
                if (layer == null) {
                    throw e;
                }
                return layer.source().open(layer.blob());
            }
        });
    }

    private static CachedLayer cached(BuiltLayer layer, LayerBlob blob) {
        return new CachedLayer(blob.descriptor(), blob.diffId(), layer.created());
    }

    /** Makes blobs, in one thread. */
    private record Writing(Map<BuiltLayer, LayerBlob> made, LayerRequest wanted, StepMonitor monitor)
            implements Parallel.Worker<BuiltLayer> {

        @Override
        public void accept(BuiltLayer layer) throws InterruptedException {
            made.put(layer, layer.blob(wanted, monitor));
        }

        @Override
        public void close() {}
    }
}
