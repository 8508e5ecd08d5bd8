package dev.slipway.oci;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.json.JsonWriter;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The config document of an image, with those of its members that say how the image is put together. The rest, known and
 * unknown, stays in the document untouched.
 *
 * @param json the document
 * @param platform the platform; parts that the document lacks are empty
 * @param created when the image was made
 * @param diffIds the digests of the uncompressed layers, lowest first
 * @param history how it was made, oldest first
 */
public record ImageConfig(
        Bytes json, Platform platform, Optional<OffsetDateTime> created, List<Digest> diffIds, List<History> history) {

    public ImageConfig {
        requireNonNull(json, "json is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(created, "created is null");
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /**
     * Reads a config.
     *
     * @throws InvalidImageException if it is none
     */
    public static ImageConfig parse(Bytes json) throws InvalidImageException {
        try {
            JsonObject object = Json.object(json.toArray());
            List<Digest> diffIds = new ArrayList<>();
            if (object.has("rootfs")) {
                for (String diffId : object.object("rootfs").orElseThrow().strings("diff_ids")) {
                    diffIds.add(DescriptorJson.digest(diffId));
                }
            }
            List<History> history = new ArrayList<>();
            for (JsonObject entry : object.objects("history")) {
                history.add(History.read(entry));
            }
            return new ImageConfig(
                    json,
                    DescriptorJson.platform(object),
                    Timestamps.parse(object.string("created")),
                    diffIds,
                    history);
        } catch (JsonException e) {
            throw new InvalidImageException("invalid image config: " + e.getMessage(), e);
        }
    }

    /**
     * This config with other layers. All other members keep their text; the members are sorted by name and white space goes,
     * as BuildKit does.
     */
    public ImageConfig with(Optional<OffsetDateTime> created, List<Digest> diffIds, List<History> history) {
        Map<String, Object> rootfs = new LinkedHashMap<>();
        rootfs.put("type", "layers");
        rootfs.put("diff_ids", diffIds.stream().map(Digest::toString).toList());
        SortedMap<String, byte[]> members = members();
        members.put("rootfs", json(rootfs));
        members.put("history", json(history.stream().map(History::write).toList()));
        if (!created.equals(this.created) || !members.containsKey("created")) {
            members.put("created", json(created.map(Timestamps::format).orElse(null)));
        }
        return new ImageConfig(Bytes.of(JsonWriter.join(members)), platform, created, diffIds, history);
    }

    private static byte[] json(Object value) {
        return JsonWriter.go().value(value).toBytes();
    }

    private SortedMap<String, byte[]> members() {
        try {
            return Json.members(json.toArray());
        } catch (JsonException e) {
            throw new IllegalStateException("the document was read before", e);
        }
    }
}
