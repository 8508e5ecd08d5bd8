package dev.slipway.local.collect;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.executor.cache.PruneRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which layers can go, and with them the roots that lead to them. A layer was used when anything was that needs it, so
 * what is built upon it is never younger than it, and goes first.
 */
final class Pruning {

    private final Holdings holdings;
    private final Map<String, List<StoredRoot>> needing = new HashMap<>();
    private final Map<StoredRoot, Set<String>> needs = new HashMap<>();
    private final Map<String, StoredRoot> makers = new HashMap<>();
    private final Set<String> leased;

    /**
     * @param used ids of what running builds use
     */
    Pruning(Holdings holdings, Set<String> used) {
        this.holdings = holdings;
        this.leased = holdings.reach(used);
        for (StoredRoot root : holdings.roots()) {
            Set<String> layers = holdings.reach(root.results());
            needs.put(root, layers);
            layers.forEach(
                    id -> needing.computeIfAbsent(id, any -> new ArrayList<>()).add(root));
            for (String result : root.results()) {
                List<String> list = holdings.snapshots().getOrDefault(result, List.of(result));
                if (!list.isEmpty()) {
                    makers.put(list.get(list.size() - 1), root);
                }
            }
        }
    }

    /** What people are told of the layers. */
    List<CacheEntry> entries() {
        return holdings.layers().values().stream().map(this::entry).toList();
    }

    CacheEntry entry(StoredLayer layer) {
        StoredRoot maker = makers.get(layer.id());
        Instant lastUsed = needing.getOrDefault(layer.id(), List.of()).stream()
                .map(StoredRoot::used)
                .max(Comparator.naturalOrder())
                .orElse(layer.created());
        return new CacheEntry(
                layer.id(),
                maker == null ? Type.REGULAR : maker.type(),
                maker == null ? "" : maker.description(),
                layer.size(),
                layer.created(),
                lastUsed,
                leased.contains(layer.id()));
    }

    /** Nothing leads to it, and no build uses it: what a build left that was killed, or something that was damaged. */
    boolean isLost(StoredLayer layer) {
        return !needing.containsKey(layer.id()) && !leased.contains(layer.id());
    }

    /**
     * Those of the layers that may go, in the order in which they go: what was used longest ago first, and nothing before that
     * which needs it.
     */
    List<CacheEntry> candidates(PruneRequest request, Instant now) {
        Map<String, CacheEntry> entries = new HashMap<>();
        entries().forEach(entry -> entries.put(entry.id(), entry));
        Set<String> stay = new HashSet<>(leased);
        for (CacheEntry entry : entries.values()) {
            if (!request.filter().test(entry) || !isOld(entry, request, now)) {
                stay.add(entry.id());
            }
        }
        // What stays keeps what it is made of: all that a root needs whose newest layer stays.
        Set<String> kept = holdings.reach(stay);
        makers.forEach((layer, root) -> {
            if (stay.contains(layer)) {
                kept.addAll(needs.get(root));
            }
        });
        Map<String, Integer> heights = new HashMap<>();
        return entries.values().stream()
                .filter(entry -> !kept.contains(entry.id()))
                .sorted(Comparator.comparing(CacheEntry::lastUsed)
                        .thenComparing(entry -> -height(entry.id(), heights))
                        .thenComparing(CacheEntry::id))
                .toList();
    }

    /** A clock that was set back makes nothing old. */
    static boolean isOld(CacheEntry entry, PruneRequest request, Instant now) {
        return request.keepDuration().isZero() || entry.lastUsed().isBefore(now.minus(request.keepDuration()));
    }

    /** How much a layer needs; whoever needs it needs more. */
    private int height(String id, Map<String, Integer> known) {
        return known.computeIfAbsent(id, any -> {
            StoredRoot maker = makers.get(id);
            return maker == null
                    ? holdings.reach(Set.of(id)).size()
                    : requireNonNull(needs.get(maker)).size();
        });
    }

    /** The roots that cannot stay without these layers. */
    Set<StoredRoot> rootsOf(Set<String> gone) {
        Set<StoredRoot> roots = new HashSet<>();
        gone.forEach(id -> roots.addAll(needing.getOrDefault(id, List.of())));
        // A record whose results are not there is of no use either.
        holdings.roots().stream().filter(root -> isBroken(root)).forEach(roots::add);
        return roots;
    }

    private boolean isBroken(StoredRoot root) {
        return root.results().isEmpty()
                || root.results().stream()
                        .flatMap(id -> holdings.snapshots().getOrDefault(id, List.of(id)).stream())
                        .anyMatch(id -> !id.isEmpty() && !holdings.layers().containsKey(id));
    }

    /** The result ids that are still of use. */
    Set<String> resultsBut(Set<StoredRoot> gone) {
        Set<String> results = new HashSet<>();
        holdings.roots().stream().filter(root -> !gone.contains(root)).forEach(root -> results.addAll(root.results()));
        return results;
    }
}
