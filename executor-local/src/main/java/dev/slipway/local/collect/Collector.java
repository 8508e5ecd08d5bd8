package dev.slipway.local.collect;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.local.source.Contexts;
import dev.slipway.local.store.Leases;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.disk.FileLocks.Held;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what a store can do without. Builds are held off only while things are moved aside, after a second look that sees
 * what they have done meanwhile; deleting takes place without them noticing. Roots go before what they lead to, and layers
 * before what they refer to, so that a collection that is killed leaves nothing that seems to be there and is not.
 */
public final class Collector {

    private final Store store;
    private final StoreFolder folder;
    private final Clock clock;

    /**
     * @param clock tells how old things are
     */
    public Collector(Store store, Clock clock) {
        this.store = store;
        this.folder = store.folder();
        this.clock = clock;
    }

    /** What is there, the largest first. */
    public List<CacheEntry> entries() throws IOException, InterruptedException {
        Holdings holdings = new Inventory(folder).look();
        List<CacheEntry> entries = new ArrayList<>(new Pruning(holdings, Leases.read(folder)).entries());
        for (Piece piece : Piece.all(folder, holdings)) {
            entries.add(piece.entry());
        }
        return entries.stream()
                .sorted(Comparator.comparing(CacheEntry::size).reversed().thenComparing(CacheEntry::id))
                .toList();
    }

    /** Removes what the requests say, one after the other; returns what is gone. */
    public List<CacheEntry> prune(List<PruneRequest> requests) throws IOException, InterruptedException {
        return FileLocks.exclusively(folder.lock("collect", "one"), () -> pruneAlone(requests));
    }

    /** The same, unless somebody does it already; returns whether it was done. */
    boolean pruneIfAlone(List<PruneRequest> requests) throws IOException, InterruptedException {
        Optional<Held> lock = FileLocks.tryExclusive(folder.lock("collect", "one"));
        if (lock.isPresent()) {
            try {
                pruneAlone(requests);
            } finally {
                lock.get().close();
            }
        }
        return lock.isPresent();
    }

    private List<CacheEntry> pruneAlone(List<PruneRequest> requests) throws IOException, InterruptedException {
        try (Trash trash = new Trash(store.temp())) {
            Inventory inventory = new Inventory(folder);
            inventory.look();
            List<CacheEntry> gone = new ArrayList<>();
            for (PruneRequest request : requests) {
                gone.addAll(FileLocks.exclusively(
                        folder.collectLock(), () -> removeLayers(inventory.look(), request, trash)));
                gone.addAll(removePieces(inventory.look(), request, trash));
            }
            removeLeftovers(trash);
            return gone;
        }
    }

    private List<CacheEntry> removeLayers(Holdings holdings, PruneRequest request, Trash trash) throws IOException {
        Set<String> used = Leases.read(folder);
        Pruning pruning = new Pruning(holdings, used);
        List<CacheEntry> counted =
                pruning.entries().stream().filter(request.filter()::test).toList();
        Set<String> chosen = new HashSet<>();
        Room room = new Room(request, counted, folder.of(Part.LAYERS));
        for (CacheEntry entry : pruning.candidates(request, clock.instant())) {
            if (room.isEnough()) {
                break;
            }
            chosen.add(entry.id());
            room.gain(entry.size());
        }
        Set<StoredRoot> roots = pruning.rootsOf(chosen);
        Set<String> results = pruning.resultsBut(roots);
        results.addAll(used);
        Set<String> stay = holdings.reach(results);
        List<StoredLayer> gone = holdings.layers().values().stream()
                .filter(layer -> !stay.contains(layer.id()))
                .sorted(Comparator.comparing(
                        layer -> -holdings.reach(Set.of(layer.id())).size()))
                .toList();
        if (roots.isEmpty() && gone.isEmpty()) {
            return List.of();
        }
        for (StoredRoot root : roots) {
            trash.take(root.file());
        }
        removeContexts(gone, trash);
        for (StoredLayer layer : gone) {
            for (Path file : layer.files()) {
                trash.take(file);
            }
        }
        for (String snapshot : holdings.snapshots().keySet()) {
            if (!results.contains(snapshot)) {
                trash.take(folder.of(Part.SNAPSHOTS).resolve(snapshot));
            }
        }
        store.temp().write(folder.collected(), out -> {});
        return gone.stream().map(pruning::entry).toList();
    }

    /** What is known of files whose bytes go: the same layer, made again, need not have them in the same places. */
    private void removeContexts(List<StoredLayer> gone, Trash trash) throws IOException {
        Set<String> ids = new HashSet<>();
        gone.forEach(layer -> ids.add(layer.id()));
        for (Path file : new Inventory(folder).list(Part.CONTEXTS)) {
            if (Contexts.homes(file).stream().anyMatch(ids::contains)) {
                trash.take(file);
            }
        }
    }

    private List<CacheEntry> removePieces(Holdings holdings, PruneRequest request, Trash trash)
            throws IOException, InterruptedException {
        List<CacheEntry> gone = new ArrayList<>();
        Map<CacheEntry, Piece> pieces = new HashMap<>();
        for (Piece piece : Piece.all(folder, holdings)) {
            pieces.put(piece.entry(), piece);
        }
        List<CacheEntry> counted =
                pieces.keySet().stream().filter(request.filter()::test).toList();
        Room room = new Room(request, counted, folder.of(Part.LAYERS));
        List<CacheEntry> oldest = counted.stream()
                .filter(entry -> Pruning.isOld(entry, request, clock.instant()))
                .filter(entry -> request.all() || entry.type() != Type.INTERNAL)
                .sorted(Comparator.comparing(CacheEntry::lastUsed).thenComparing(CacheEntry::id))
                .toList();
        for (CacheEntry entry : oldest) {
            if (!room.isEnough() && requireNonNull(pieces.get(entry)).remove(folder, trash)) {
                gone.add(entry);
                room.gain(entry.size());
            }
        }
        return gone;
    }

    /** Lock files of work that is done can only go when no build runs at all: somebody might wait for one. */
    private void removeLeftovers(Trash trash) throws IOException {
        Optional<Held> alone = FileLocks.tryExclusive(folder.useLock());
        if (alone.isPresent()) {
            try {
                for (Path file : new Inventory(folder).list(Part.LOCKS)) {
                    if (folder.isOfOneWork(file)) {
                        trash.take(file);
                    }
                }
            } finally {
                alone.get().close();
            }
        }
    }
}
