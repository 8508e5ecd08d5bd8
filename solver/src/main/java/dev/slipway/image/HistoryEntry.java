package dev.slipway.image;

import static java.util.Objects.requireNonNull;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How a layer, or a change of the config, came about.
 *
 * @param created when, if that is known
 * @param createdBy by which instruction; empty if unknown
 * @param author by whom; empty if unknown
 * @param comment which program did it; empty if unknown
 * @param emptyLayer whether no layer came of it
 */
public record HistoryEntry(
        Optional<OffsetDateTime> created, String createdBy, String author, String comment, boolean emptyLayer) {

    public HistoryEntry {
        requireNonNull(created, "created is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(author, "author is null");
        requireNonNull(comment, "comment is null");
    }
}
