package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.DocumentBlobs;
import dev.slipway.oci.InvalidImageException;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a cache to a place that others write to as well, and keeps what they have there. Neither registries nor folders can be told to
 * put something in the place of one thing and no other: so the place is looked at once more before it is written, and again after
 * that, and what others have written meanwhile is joined with what was to be written. Who loses nevertheless, after several attempts,
 * misses records later, and nothing else.
 */
public final class CacheWriter {

    private static final int ATTEMPTS = 6;

    /** BuildKit reads no larger document. */
    private static final int MAX_DOCUMENT_SIZE = 1 << 20;

    private final CacheFormat format;
    private final String scope;
    private final Clock clock;
    private final Pause pause;
    private final StepMonitor monitor;

    /**
     * @param scope names what is built: what an earlier build of the same wrote is replaced, what those of others wrote stays
     * @param clock tells what is old
     * @param pause waits before the place is looked at again
     * @param monitor hears how far it is
     */
    public CacheWriter(CacheFormat format, String scope, Clock clock, Pause pause, StepMonitor monitor) {
        this.format = requireNonNull(format, "format is null");
        this.scope = requireNonNull(scope, "scope is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.pause = requireNonNull(pause, "pause is null");
        this.monitor = requireNonNull(monitor, "monitor is null");
    }

    /** Waits a little, not always as long. */
    @FunctionalInterface
    public interface Pause {

        /** @param attempt how often was waited before */
        void await(int attempt) throws InterruptedException;
    }

    /**
     * Writes a cache.
     *
     * @param graph its records
     * @param layers where their layers are read
     * @return whether all of it is in the place, as far as that can be said
     * @throws IOException if the place does not take it
     */
    public boolean write(CacheGraph<List<CachedLayer>> graph, CachePlace place, BlobSource layers)
            throws IOException, InterruptedException {
        CacheGraph<Scoped> own = scoped(graph);
        boolean alone = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Descriptor> there = place.find();
            CacheGraph<Scoped> others = alone ? CacheGraph.empty() : others(place, there);
            CacheArtifact artifact = joined(own, others);
            if (CachePlace.isSame(there, Optional.of(artifact.root()))) {
                return true;
            }
            BlobSource content = new DocumentBlobs(artifact.documents(), either(layers, own, place));
            try {
                boolean written = place.write(there, artifact.root(), content, monitor);
                pause.await(attempt);
                if (written && isIn(own, artifact, place)) {
                    return true;
                }
            } catch (BlobNotFoundException e) {
                if (others.entries().isEmpty()) {
                    throw e;
                }
                monitor.warn(
                        "what is kept as " + place.name() + " is replaced, for layers of it are gone: " + Reason.of(e));
                alone = true;
            }
        }
        return false;
    }

    private CacheGraph<Scoped> scoped(CacheGraph<List<CachedLayer>> graph) {
        TreeMap<String, LocalDate> scopes = new TreeMap<>(
                Map.of(scope, clock.instant().atZone(ZoneOffset.UTC).toLocalDate()));
        return new CacheGraph<>(graph.entries().stream()
                .map(entry -> entry.map(made -> new Scoped(made, scopes)))
                .toList());
    }

    /** What is in the place. What cannot be read is replaced. */
    private CacheGraph<Scoped> others(CachePlace place, Optional<Descriptor> there) throws IOException {
        if (there.isEmpty()) {
            return CacheGraph.empty();
        }
        try {
            return CacheReader.readShared(
                    there.get(),
                    place.blobs(),
                    clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
        } catch (InvalidCacheException | InvalidImageException | BlobNotFoundException e) {
            monitor.warn("what is kept as " + place.name() + " is replaced, for it cannot be read: " + Reason.of(e));
            return CacheGraph.empty();
        }
    }

    /** Of what others wrote, what is oldest has to go when it is too much. */
    private CacheArtifact joined(CacheGraph<Scoped> own, CacheGraph<Scoped> others) throws InvalidCacheException {
        CacheGraph<Scoped> kept = others;
        CacheArtifact artifact = CacheArtifact.ofShared(kept(own, kept), format);
        while (artifact.size() > MAX_DOCUMENT_SIZE && !kept.entries().isEmpty()) {
            kept = Retention.newerHalf(kept);
            artifact = CacheArtifact.ofShared(kept(own, kept), format);
        }
        return artifact;
    }

    private CacheGraph<Scoped> kept(CacheGraph<Scoped> own, CacheGraph<Scoped> others) throws InvalidCacheException {
        int count = CacheMerge.of(List.of(own), Scoped::and).entries().size();
        return new Retention(scope, clock.instant()).of(CacheMerge.of(List.of(own, others), Scoped::and), count);
    }

    private static BlobSource either(BlobSource layers, CacheGraph<Scoped> own, CachePlace place) throws IOException {
        Set<Digest> made = own.entries().stream()
                .flatMap(entry -> entry.result().stream())
                .flatMap(result -> result.value().layers().stream())
                .map(layer -> layer.blob().digest())
                .collect(Collectors.toSet());
        return blob ->
                made.contains(blob.digest()) ? layers.open(blob) : place.blobs().open(blob);
    }

    /** Whether the records are in the place, whoever has written there since. */
    private boolean isIn(CacheGraph<Scoped> own, CacheArtifact written, CachePlace place) throws IOException {
        Optional<Descriptor> there = place.find();
        if (there.isEmpty()) {
            return false;
        }
        if (there.get().digest().equals(written.root().digest())) {
            return true;
        }
        CacheGraph<Scoped> others = others(place, there);
        CacheGraph<Scoped> both = CacheMerge.of(List.of(others, own), Scoped::and);
        return both.entries().size()
                        == CacheMerge.of(List.of(others), Scoped::and).entries().size()
                && results(both) == results(others);
    }

    private static long results(CacheGraph<?> graph) {
        return graph.entries().stream()
                .filter(entry -> entry.result().isPresent())
                .count();
    }
}
