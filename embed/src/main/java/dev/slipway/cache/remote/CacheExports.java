package dev.slipway.cache.remote;

import dev.slipway.cache.CacheExport;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.oci.cache.CacheFormat;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.CacheMerge;
import dev.slipway.oci.cache.CachePlace;
import dev.slipway.oci.cache.CacheWriter;
import dev.slipway.oci.cache.InvalidCacheException;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.solver.cache.ImportedCache;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Writes the cache of a build to where it is wanted. */
public final class CacheExports {

    private final CachePlaces places;
    private final String scope;
    private final Clock clock;
    private final StepMonitor monitor;

    /**
     * @param registries gives what reaches registries
     * @param scope names what is built, as other builds of the same have it
     * @param clock tells what is old
     * @param monitor hears how far it is
     */
    public CacheExports(Supplier<RegistryClient> registries, String scope, Clock clock, StepMonitor monitor) {
        this.places = new CachePlaces(registries);
        this.scope = scope;
        this.clock = clock;
        this.monitor = monitor;
    }

    /** The records of all parts of a build. */
    public static CacheGraph<List<BuiltLayer>> joined(List<CacheGraph<List<BuiltLayer>>> graphs) {
        try {
            return CacheMerge.of(graphs);
        } catch (InvalidCacheException e) {
            throw new IllegalStateException("the records of a build are in the order of its steps", e);
        }
    }

    /**
     * Writes a cache.
     *
     * @param cache where to, and how; one that is not in images
     * @param graphs the records of the build, with the layers of their results
     * @param imported what it has used of other caches
     * @throws ExecutorException if it cannot be written, unless that is to be ignored
     */
    public void write(CacheExport cache, List<CacheGraph<List<BuiltLayer>>> graphs, ImportedCache imported)
            throws InterruptedException {
        CachePlace place = places.of(cache);
        try {
            WrittenLayers layers =
                    WrittenLayers.of(joined(graphs), cache.layers(), monitor).with(imported.graph(), cache.isMax());
            if (!layers.graph().hasResults()) {
                monitor.warn("the build made nothing that could be cached as " + place.name());
                return;
            }
            CacheFormat format = CacheFormat.of(cache.isImageManifest(), cache.hasOciMediaTypes());
            if (!new CacheWriter(format, scope, clock, Jitter.USUAL, monitor)
                    .write(layers.graph(), place, layers.blobs())) {
                monitor.warn(
                        "others write " + place.name() + " all the time; what this build cached may be missing there");
            }
        } catch (IOException | ExecutorException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String message = "cannot write the cache " + place.name() + ": " + reason(e);
            if (!cache.ignoresErrors()) {
                throw new ExecutorException(message + "; with ignore-error=true the build goes on without it", e);
            }
            monitor.warn(message);
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException file ? FileErrors.reason(file) : String.valueOf(e.getMessage());
    }
}
