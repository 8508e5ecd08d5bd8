package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import dev.slipway.oci.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes BuildKit's document of records, version 0: the same bytes for the same records, in whatever order they come. */
final class CacheDocumentWriter {

    private final List<Entry<List<CachedLayer>>> entries;

    /** By names that say what is below as well, so that one blob stands upon each of its parents. */
    private final SortedMap<String, Placed> layers = new TreeMap<>();

    private final Map<String, Integer> positions = new HashMap<>();

    private CacheDocumentWriter(List<Entry<List<CachedLayer>>> sorted) {
        this.entries = sorted;
        entries.forEach(entry -> entry.result().ifPresent(result -> place(result.value())));
        layers.keySet().forEach(name -> positions.put(name, positions.size()));
    }

    private record Placed(Digest blob, String parent) {}

    /** The whole document. */
    static byte[] write(CacheGraph<List<CachedLayer>> graph) throws InvalidCacheException {
        CacheDocumentWriter writer =
                new CacheDocumentWriter(EntryOrder.sorted(graph).entries());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("layers", writer.layers());
        members.put("records", writer.records());
        return JsonWriter.go().value(members).toBytes();
    }

    /**
     * The records as an image's config has them. A record whose layers are not all the image's has no result in it.
     *
     * @param image the image's layers, lowest first
     */
    static <L> byte[] write(CacheGraph<List<L>> graph, List<L> image) throws InvalidCacheException {
        List<Object> records = new ArrayList<>();
        for (Entry<List<L>> entry : EntryOrder.sorted(graph).entries()) {
            records.add(record(entry, entry.result().flatMap(result -> inline(result, image))));
        }
        return JsonWriter.go().value(records).toBytes();
    }

    /** Makes room for the layers of a result; the name of the uppermost is the result's. */
    private String place(List<CachedLayer> chain) {
        String name = "";
        for (CachedLayer layer : chain) {
            Digest blob = layer.blob().digest();
            String parent = name;
            // The blob first, by which BuildKit sorts.
            name = blob + " " + Digest.sha256(blob + parent);
            layers.put(name, new Placed(blob, parent));
        }
        return name;
    }

    private List<Object> layers() {
        List<Object> all = new ArrayList<>();
        for (Placed layer : layers.values()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("blob", layer.blob().toString());
            int parent = layer.parent().isEmpty() ? -1 : position(layer.parent());
            if (parent != 0) {
                members.put("parent", parent);
            }
            all.add(members);
        }
        return all;
    }

    private int position(String name) {
        return requireNonNull(positions.get(name));
    }

    private List<Object> records() {
        List<Object> records = new ArrayList<>();
        for (Entry<List<CachedLayer>> entry : entries) {
            records.add(record(
                    entry,
                    entry.result()
                            .filter(result -> !result.value().isEmpty())
                            .map(result -> top(position(place(result.value())), result))));
        }
        return records;
    }

    private static Map<String, Object> top(int layer, Stored<?> result) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("layer", layer);
        members.put("createdAt", DocumentValues.text(result.createdAt()));
        return Collections.singletonMap("layers", List.of(members));
    }

    private static <L> Optional<Map<String, Object>> inline(Stored<List<L>> result, List<L> image) {
        List<L> layers = result.value();
        if (layers.isEmpty() || !image.containsAll(layers)) {
            return Optional.empty();
        }
        if (layers.size() <= image.size() && image.subList(0, layers.size()).equals(layers)) {
            return Optional.of(top(layers.size() - 1, result));
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("layers", layers.stream().map(image::indexOf).toList());
        members.put("createdAt", DocumentValues.text(result.createdAt()));
        return Optional.of(Collections.singletonMap("chains", List.of(members)));
    }

    private static Map<String, Object> record(Entry<?> entry, Optional<Map<String, Object>> result) {
        Map<String, Object> members = new LinkedHashMap<>(result.orElse(Map.of()));
        members.put("digest", entry.digest().toString());
        if (!entry.inputs().isEmpty()) {
            members.put(
                    "inputs",
                    entry.inputs().stream()
                            .map(input -> input.stream()
                                    .map(CacheDocumentWriter::link)
                                    .toList())
                            .toList());
        }
        return members;
    }

    private static Map<String, Object> link(Link link) {
        Map<String, Object> members = new LinkedHashMap<>();
        link.selector().ifPresent(selector -> members.put("selector", selector.toString()));
        members.put("link", link.entry());
        return members;
    }
}
