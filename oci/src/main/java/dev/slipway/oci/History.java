package dev.slipway.oci;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a layer, or a change of the config, came about.
 *
 * @param created when
 * @param createdBy by which instruction, or empty
 * @param author by whom, or empty
 * @param comment a free note, or empty
 * @param emptyLayer whether it made no layer
 */
public record History(
        Optional<OffsetDateTime> created, String createdBy, String author, String comment, boolean emptyLayer) {

    public History {
        requireNonNull(created, "created is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(author, "author is null");
        requireNonNull(comment, "comment is null");
    }

    /** The same entry with this time. */
    public History withCreated(Optional<OffsetDateTime> time) {
        return new History(time, createdBy, author, comment, emptyLayer);
    }

    /** The same entry, without a layer. */
    public History withEmptyLayer() {
        return new History(created, createdBy, author, comment, true);
    }

    static History read(JsonObject object) throws JsonException, InvalidImageException {
        return new History(
                Timestamps.parse(object.string("created")),
                object.string("created_by"),
                object.string("author"),
                object.string("comment"),
                object.flag("empty_layer"));
    }

    Map<String, Object> write() {
        Map<String, Object> members = new LinkedHashMap<>();
        created.ifPresent(time -> members.put("created", Timestamps.format(time)));
        put(members, "created_by", createdBy);
        put(members, "author", author);
        put(members, "comment", comment);
        if (emptyLayer) {
            members.put("empty_layer", true);
        }
        return members;
    }

    private static void put(Map<String, Object> members, String name, String value) {
        if (!value.isEmpty()) {
            members.put(name, value);
        }
    }
}
