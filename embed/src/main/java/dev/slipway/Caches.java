package dev.slipway;

import dev.slipway.backend.Backend.Built;
import dev.slipway.cache.CacheExport;
import dev.slipway.cache.remote.CacheExports;
import dev.slipway.cache.remote.CacheImports;
import dev.slipway.executor.LayerLostException;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.LayerRequest;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.output.ImageSet;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.progress.Progress;
import dev.slipway.report.OutputEvents;
import dev.slipway.solver.cache.ExportMode;
import dev.slipway.solver.cache.ImportedCache;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a request says of caches besides the store. */
final class Caches {

    /** A cache of which so many layers are gone is not worth more attempts. */
    private static final int MAX_LOST = 20;

    private static final int SCOPE_LENGTH = 12;

    private final BuildRequest request;
    private final Supplier<RegistryClient> registries;

    Caches(BuildRequest request, Supplier<RegistryClient> registries) {
        this.request = request;
        this.registries = registries;
    }

    /** A build that uses what was imported. */
    interface Attempt<T> {
        T run(ImportedCache imported) throws InterruptedException;
    }

    /**
     * Builds with what is imported. If a layer turns out to be lost, the build begins again without it; what it has made so far is in the
     * store.
     */
    <T> T using(Progress progress, Attempt<T> attempt) throws InterruptedException {
        ImportedCache imported = read(progress);
        for (int lost = 0; ; lost++) {
            try {
                return attempt.run(imported);
            } catch (RuntimeException e) {
                Optional<LayerLostException> layer = lostLayer(e);
                if (layer.isEmpty() || imported.isEmpty()) {
                    throw e;
                }
                new OutputEvents("importing caches", progress, Clock.systemUTC())
                        .warn(Reason.of(layer.get()) + "; what needs it is made");
                imported = lost < MAX_LOST ? imported.without(layer.get().blob()) : ImportedCache.EMPTY;
            }
        }
    }

    private static Optional<LayerLostException> lostLayer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LayerLostException lost) {
                return Optional.of(lost);
            }
        }
        return Optional.empty();
    }

    /** The records of the caches that may be used. */
    ImportedCache read(Progress progress) throws InterruptedException {
        if (request.cacheFrom().isEmpty()) {
            return ImportedCache.EMPTY;
        }
        OutputEvents events = new OutputEvents("importing caches", progress, Clock.systemUTC());
        return events.write(() -> new CacheImports(registries, events).read(request.cacheFrom()));
    }

    /** What goes to a stream cannot be taken back, so nothing may be lost any more when it begins. */
    void fetchFor(List<Output> outputs, ImageSet images) throws InterruptedException {
        if (request.cacheFrom().isEmpty()
                || outputs.stream().noneMatch(output -> output.stream().isPresent())) {
            return;
        }
        for (BuiltImage image : images.images()) {
            for (BuiltLayer layer : image.layers()) {
                Descriptor blob =
                        layer.blob(LayerRequest.USUAL, StepMonitor.NONE).descriptor();
                try (InputStream in = layer.open(blob)) {
                    in.readNBytes(1);
                } catch (IOException e) {
                    // Whoever needs it says so.
                    continue;
                }
            }
        }
    }

    /** The records for the configs of images. */
    CacheGraph<List<BuiltLayer>> inline(List<Built> built) throws InterruptedException {
        return request.cacheTo().stream().anyMatch(CacheExport::isInline)
                ? CacheExports.joined(graphs(built, ExportMode.MIN))
                : CacheGraph.empty();
    }

    private static List<CacheGraph<List<BuiltLayer>>> graphs(List<Built> built, ExportMode mode)
            throws InterruptedException {
        List<CacheGraph<List<BuiltLayer>>> graphs = new ArrayList<>();
        for (Built part : built) {
            graphs.add(part.cache().of(mode));
        }
        return graphs;
    }

    /** Writes the cache of a build to all places but images. */
    void write(List<Built> built, ImportedCache imported, Progress progress) throws InterruptedException {
        for (CacheExport cache : request.cacheTo()) {
            if (!cache.isInline()) {
                OutputEvents events = new OutputEvents("writing the cache", progress, Clock.systemUTC());
                events.write(() -> {
                    ExportMode mode = cache.isMax() ? ExportMode.MAX : ExportMode.MIN;
                    new CacheExports(registries, scope(), Clock.systemUTC(), events)
                            .write(cache, graphs(built, mode), imported);
                    return cache;
                });
            }
        }
    }

    /** The same for all runs of a build, whatever is in its context, and in whichever folder of a machine that is checked out. */
    private String scope() {
        List<Platform> platforms = request.platforms().isEmpty() ? List.of(Platform.host()) : request.platforms();
        String dockerfile =
                request.dockerfile().map(place -> lastName(place.toString())).orElse("");
        return Digest.sha256(String.join(
                        "\n",
                        lastName(request.context().toString()),
                        dockerfile,
                        request.target().orElse(""),
                        platforms.stream()
                                .map(Platform::formatAll)
                                .sorted()
                                .toList()
                                .toString()))
                .hex()
                .substring(0, SCOPE_LENGTH);
    }

    private static String lastName(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }
}
