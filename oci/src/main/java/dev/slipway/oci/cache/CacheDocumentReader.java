package dev.slipway.oci.cache;

import dev.slipway.llb.Digest;
import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads BuildKit's document of records, version 0. All of it is checked: a cache is as good as those who can write it. */
final class CacheDocumentReader {

    /** BuildKit reads a mebibyte, which holds some thousand. */
    private static final int MAX_RECORDS = 20_000;

    private static final int MAX_LINKS = 200_000;

    private final LayerTable layers;
    private int links;

    private CacheDocumentReader(LayerTable layers) {
        this.layers = layers;
    }

    /**
     * Reads a document.
     *
     * @param layers those that a manifest lists, by the digests of their blobs; a record with another one has no result
     */
    static CacheGraph<List<CachedLayer>> read(byte[] document, Map<Digest, CachedLayer> layers)
            throws InvalidCacheException {
        try {
            JsonObject object = Json.object(document);
            LayerTable table = LayerTable.read(object.objects("layers"), layers);
            return new CacheDocumentReader(table).records(object.objects("records"));
        } catch (JsonException e) {
            throw new InvalidCacheException("the document of its records: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the records that are in an image's config.
     *
     * @param records a document that is their list
     * @param image the layers of that image, lowest first
     */
    static CacheGraph<List<CachedLayer>> read(byte[] records, List<CachedLayer> image) throws InvalidCacheException {
        try {
            return new CacheDocumentReader(LayerTable.of(image)).records(Json.objects(records));
        } catch (JsonException e) {
            throw new InvalidCacheException("the records in the image's config: " + e.getMessage(), e);
        }
    }

    private CacheGraph<List<CachedLayer>> records(List<JsonObject> records)
            throws InvalidCacheException, JsonException {
        if (records.size() > MAX_RECORDS) {
            throw new InvalidCacheException(
                    "it has " + records.size() + " records; at most " + MAX_RECORDS + " are allowed");
        }
        List<Entry<List<CachedLayer>>> entries = new ArrayList<>();
        for (JsonObject record : records) {
            entries.add(new Entry<>(
                    DocumentValues.digest(record.requiredString("digest")), inputs(record), result(record)));
        }
        LinkOrder.of(entries);
        return new CacheGraph<>(entries);
    }

    private List<List<Link>> inputs(JsonObject record) throws InvalidCacheException, JsonException {
        List<List<Link>> inputs = new ArrayList<>();
        for (List<JsonObject> input : record.objectLists("inputs")) {
            List<Link> alternatives = new ArrayList<>();
            for (JsonObject link : input) {
                String selector = link.string("selector");
                alternatives.add(new Link(
                        DocumentValues.position(link.number("link")),
                        selector.isEmpty() ? Optional.empty() : Optional.of(DocumentValues.digest(selector))));
            }
            links += alternatives.size();
            if (alternatives.isEmpty() || links > MAX_LINKS) {
                throw new InvalidCacheException(
                        alternatives.isEmpty()
                                ? "nothing satisfies an input of record " + record.string("digest")
                                : "it has more than " + MAX_LINKS + " links");
            }
            inputs.add(alternatives);
        }
        return inputs;
    }

    /** The newest result of which all layers are there. */
    private Optional<Stored<List<CachedLayer>>> result(JsonObject record) throws InvalidCacheException, JsonException {
        List<Stored<List<CachedLayer>>> results = new ArrayList<>();
        for (JsonObject result : record.objects("layers")) {
            add(results, result, layers.upTo(DocumentValues.position(result.number("layer"))));
        }
        for (JsonObject chain : record.objects("chains")) {
            List<Integer> positions = new ArrayList<>();
            for (long number : chain.numbers("layers")) {
                positions.add(DocumentValues.position(number));
            }
            add(results, chain, layers.all(positions));
        }
        return results.stream().max(Comparator.comparing(Stored::createdAt));
    }

    private static void add(
            List<Stored<List<CachedLayer>>> results, JsonObject result, Optional<List<CachedLayer>> layers)
            throws InvalidCacheException, JsonException {
        if (layers.isPresent() && !layers.get().isEmpty()) {
            results.add(new Stored<>(layers.get(), DocumentValues.time(result.requiredString("createdAt"))));
        }
    }
}
