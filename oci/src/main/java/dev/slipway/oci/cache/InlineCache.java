package dev.slipway.oci.cache;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.json.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The records that the config of an image holds, whose results are that image's layers. */
public final class InlineCache {

    /** The member of the config, BuildKit's: the records as JSON, in Base64. */
    public static final String MEMBER = "moby.buildkit.cache.v0";

    private InlineCache() {}

    /**
     * The records for an image's config.
     *
     * @param graph the records, with the layers of their results
     * @param image the image's layers, lowest first
     * @return empty if no record has a result among them
     * @throws InvalidCacheException if the records link to each other in a circle
     */
    public static <L> Optional<Bytes> write(CacheGraph<List<L>> graph, List<L> image) throws InvalidCacheException {
        boolean useful = graph.entries().stream()
                .flatMap(entry -> entry.result().stream())
                .anyMatch(result -> !result.value().isEmpty() && image.containsAll(result.value()));
        return useful ? Optional.of(Bytes.of(CacheDocumentWriter.write(graph, image))) : Optional.empty();
    }

    /** A config with these records in it. */
    public static Bytes addTo(Bytes config, Bytes records) throws IOException {
        Map<String, byte[]> members = new TreeMap<>(Json.members(config.toArray()));
        String text = Base64.getEncoder().encodeToString(records.toArray());
        members.put(MEMBER, JsonWriter.go().value(text).toBytes());
        return Bytes.of(JsonWriter.join(members));
    }

    /**
     * Reads the records in an image's config.
     *
     * @param layers as the image's manifest lists them
     * @return without records if it has none, or if the config belongs to other layers
     */
    static CacheGraph<List<CachedLayer>> read(byte[] config, List<Descriptor> layers) throws InvalidCacheException {
        try {
            JsonObject object = Json.object(config);
            Optional<JsonObject> rootfs = object.object("rootfs");
            List<String> diffIds = rootfs.isPresent() ? rootfs.get().strings("diff_ids") : List.of();
            if (!object.has(MEMBER) || diffIds.size() != layers.size()) {
                return CacheGraph.empty();
            }
            List<Optional<Instant>> times = times(object);
            List<CachedLayer> image = new ArrayList<>();
            for (Descriptor layer : layers) {
                int position = image.size();
                image.add(new CachedLayer(
                        layer,
                        DocumentValues.digest(diffIds.get(position)),
                        position < times.size() ? times.get(position) : Optional.empty()));
            }
            return CacheDocumentReader.read(Base64.getDecoder().decode(object.string(MEMBER)), image);
        } catch (JsonException e) {
            throw new InvalidCacheException("the image's config: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidCacheException("\"" + MEMBER + "\" in the image's config is not Base64", e);
        }
    }

    private static List<Optional<Instant>> times(JsonObject config) throws InvalidCacheException, JsonException {
        List<Optional<Instant>> times = new ArrayList<>();
        for (JsonObject step : config.objects("history")) {
            if (!step.flag("empty_layer")) {
                String created = step.string("created");
                times.add(created.isEmpty() ? Optional.empty() : Optional.of(DocumentValues.time(created)));
            }
        }
        return times;
    }
}
