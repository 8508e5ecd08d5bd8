package dev.slipway.local.collect;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in a store.
 *
 * @param roots what builds find results by
 * @param snapshots lists of layers, by result id
 * @param layers layers by id
 * @param otherBlobs blobs that are of no layer: documents of images
 */
record Holdings(
        List<StoredRoot> roots,
        Map<String, List<String>> snapshots,
        Map<String, StoredLayer> layers,
        List<Path> otherBlobs) {

    /** The layers that are needed to use results, or layers themselves. */
    Set<String> reach(Collection<String> ids) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>();
        ids.forEach(id -> next.addAll(snapshots.getOrDefault(id, List.of(id))));
        while (!next.isEmpty()) {
            String id = next.pop();
            StoredLayer layer = layers.get(id);
            if (layer != null && reached.add(id)) {
                next.addAll(layer.homes());
            }
        }
        return reached;
    }
}
