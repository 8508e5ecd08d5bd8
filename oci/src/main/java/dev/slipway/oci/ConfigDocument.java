package dev.slipway.oci;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.Utf8Order;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.config.InvalidImageConfigException;
import dev.slipway.oci.config.Timestamps;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The bytes of an image's config, which its digest is computed from, and their content.
 *
 * @param json the document
 * @param config its content
 */
public record ConfigDocument(Bytes json, ImageConfig config) {

    public ConfigDocument {
        requireNonNull(json, "json is null");
        requireNonNull(config, "config is null");
    }

    /**
     * Reads a config.
     *
     * @throws InvalidImageException if it is not one
     */
    public static ConfigDocument parse(Bytes json) throws InvalidImageException {
        try {
            return new ConfigDocument(json, ImageConfig.parse(json));
        } catch (InvalidImageConfigException e) {
            throw new InvalidImageException(Reason.of(e), e);
        }
    }

    /**
     * The document with other layers. All other members keep their text. As in BuildKit, members are sorted by name and white
     * space is removed.
     */
    public ConfigDocument with(Optional<OffsetDateTime> created, List<Digest> diffIds, List<HistoryEntry> history) {
        SortedMap<String, byte[]> members = members();
        members.put("rootfs", rootFilesystem(diffIds));
        members.put("history", history(history));
        if (!created.equals(config.created()) || !members.containsKey("created")) {
            String time = created.map(Timestamps::format).orElse(null);
            members.put("created", JsonWriter.go().value(time).toBytes());
        }
        return new ConfigDocument(Bytes.of(JsonWriter.join(members)), config.with(created, diffIds, history));
    }

    private static byte[] rootFilesystem(List<Digest> diffIds) {
        JsonWriter json = JsonWriter.go().startObject().member("type", "layers");
        json.member("diff_ids", diffIds.stream().map(Digest::toString).toList());
        return json.endObject().toBytes();
    }

    private static byte[] history(List<HistoryEntry> history) {
        return history.stream()
                .map(HistoryEntry::toJson)
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private SortedMap<String, byte[]> members() {
        SortedMap<String, byte[]> members = new TreeMap<>(Utf8Order.INSTANCE);
        try {
            members.putAll(Json.members(json.toArray()));
        } catch (JsonException e) {
            throw new IllegalStateException("the document was read before", e);
        }
        return members;
    }
}
