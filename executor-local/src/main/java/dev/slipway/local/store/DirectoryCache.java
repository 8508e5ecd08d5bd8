package dev.slipway.local.store;

import dev.slipway.local.layer.Directory;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the trees that were used last, as many as a number of nodes allows. Safe for use by several threads. */
final class DirectoryCache {

    private final long limit;
    private final Map<String, Directory> trees = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    DirectoryCache(long limit) {
        this.limit = limit;
    }

    synchronized Optional<Directory> get(String key) {
        return Optional.ofNullable(trees.get(key));
    }

    synchronized void clear() {
        trees.clear();
        weight = 0;
    }

    synchronized void put(String key, Directory tree) {
        Directory before = trees.put(key, tree);
        weight += tree.weight() - (before == null ? 0 : before.weight());
        Iterator<Directory> oldest = trees.values().iterator();
        while (weight > limit && trees.size() > 1) {
            weight -= oldest.next().weight();
            oldest.remove();
        }
    }
}
