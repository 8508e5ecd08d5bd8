package dev.slipway.oci.cache;

import dev.slipway.llb.Digest;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers of a document, by their positions. Each stands upon its parent; those whose blobs are not there cannot be used. */
final class LayerTable {

    /** More layers than any file system can be made of. */
    private static final int MAX_DEPTH = 500;

    private final List<Digest> blobs = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();
    private final Map<Digest, CachedLayer> layers;
    private final Map<Integer, Optional<List<CachedLayer>>> chains = new HashMap<>();

    private LayerTable(Map<Digest, CachedLayer> layers) {
        this.layers = layers;
    }

    /**
     * The layers of a document.
     *
     * @param objects the member {@code layers}
     * @param layers those whose blobs are there
     */
    static LayerTable read(List<JsonObject> objects, Map<Digest, CachedLayer> layers)
            throws InvalidCacheException, JsonException {
        LayerTable table = new LayerTable(layers);
        for (JsonObject object : objects) {
            // BuildKit leaves out what is 0, so that no parent is -1.
            table.add(
                    DocumentValues.digest(object.requiredString("blob")),
                    DocumentValues.position(object.number("parent")));
        }
        return table;
    }

    /** The layers of an image, each upon the one before. */
    static LayerTable of(List<CachedLayer> image) {
        Map<Digest, CachedLayer> layers = new HashMap<>();
        image.forEach(layer -> layers.put(layer.blob().digest(), layer));
        LayerTable table = new LayerTable(layers);
        image.forEach(layer -> table.add(layer.blob().digest(), table.blobs.size() - 1));
        return table;
    }

    private void add(Digest blob, int parent) {
        blobs.add(blob);
        parents.add(parent);
    }

    /** A layer and all below it, lowest first; empty if one of them is not there. */
    Optional<List<CachedLayer>> upTo(int position) throws InvalidCacheException {
        Optional<List<CachedLayer>> known = chains.get(position);
        if (known != null) {
            return known;
        }
        List<Integer> positions = new ArrayList<>();
        for (int at = position; at != -1; at = parents.get(checked(at))) {
            positions.add(at);
            if (positions.size() > MAX_DEPTH) {
                throw new InvalidCacheException(
                        "layer " + position + " stands upon more than " + MAX_DEPTH + " others");
            }
        }
        Collections.reverse(positions);
        Optional<List<CachedLayer>> chain = all(positions);
        chains.put(position, chain);
        return chain;
    }

    /** These layers, lowest first; empty if one of them is not there. */
    Optional<List<CachedLayer>> all(List<Integer> positions) throws InvalidCacheException {
        List<CachedLayer> all = new ArrayList<>();
        for (int position : positions) {
            CachedLayer layer = layers.get(blobs.get(checked(position)));
            if (layer == null) {
                return Optional.empty();
            }
            all.add(layer);
        }
        return Optional.of(List.copyOf(all));
    }

    private int checked(int position) throws InvalidCacheException {
        if (position < 0 || position >= blobs.size()) {
            throw new InvalidCacheException("there is no layer " + position + " among " + blobs.size());
        }
        return position;
    }
}
