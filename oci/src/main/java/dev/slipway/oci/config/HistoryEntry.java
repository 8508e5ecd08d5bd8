package dev.slipway.oci.config;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.json.JsonWriter;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The origin of a layer, or of a change of the config.
 *
 * @param created when, if known
 * @param createdBy by which instruction; empty if unknown
 * @param author by whom; empty if unknown
 * @param comment which program did it; empty if unknown
 * @param emptyLayer whether it has no layer
 */
public record HistoryEntry(
        Optional<OffsetDateTime> created, String createdBy, String author, String comment, boolean emptyLayer) {

    public HistoryEntry {
        requireNonNull(created, "created is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(author, "author is null");
        requireNonNull(comment, "comment is null");
    }

    /** The same entry with this time. */
    public HistoryEntry withCreated(Optional<OffsetDateTime> time) {
        return new HistoryEntry(time, createdBy, author, comment, emptyLayer);
    }

    /** The same entry, without a layer. */
    public HistoryEntry withEmptyLayer() {
        return new HistoryEntry(created, createdBy, author, comment, true);
    }

    /** The entry as Go writes its struct. */
    public String toJson() {
        JsonWriter json = JsonWriter.go();
        write(json);
        return json.toString();
    }

    /** Writes the entry as an element of an array. */
    void write(JsonWriter json) {
        json.startObject();
        created.ifPresent(time -> json.member("created", Timestamps.format(time)));
        text(json, "created_by", createdBy);
        text(json, "author", author);
        text(json, "comment", comment);
        if (emptyLayer) {
            json.member("empty_layer", true);
        }
        json.endObject();
    }

    private static void text(JsonWriter json, String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }
}
