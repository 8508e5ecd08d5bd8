package dev.slipway.oci.image;

import dev.slipway.oci.config.HistoryEntry;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adapts a history to the layers: one non-empty entry for each layer, and a time in every entry. */
final class HistoryAlignment {

    private static final String COMMENT = "buildkit.exporter.image.v0";

    private HistoryAlignment() {}

    static List<HistoryEntry> align(List<HistoryEntry> history, List<ImageLayer> layers) {
        return fillTimes(layerTimes(matchCount(history, layers), layers));
    }

    /** Entries beyond the layers become empty ones; layers without an entry get one. */
    private static List<HistoryEntry> matchCount(List<HistoryEntry> history, List<ImageLayer> layers) {
        List<HistoryEntry> matched = new ArrayList<>();
        int used = 0;
        for (HistoryEntry entry : history) {
            if (entry.emptyLayer()) {
                matched.add(entry);
            } else if (used == layers.size()) {
                matched.add(entry.withEmptyLayer());
            } else {
                matched.add(entry);
                used++;
            }
        }
        for (ImageLayer layer : layers.subList(used, layers.size())) {
            matched.add(new HistoryEntry(layer.created(), layer.createdBy(), "", COMMENT, false));
        }
        return matched;
    }

    private static List<HistoryEntry> layerTimes(List<HistoryEntry> history, List<ImageLayer> layers) {
        List<HistoryEntry> timed = new ArrayList<>();
        int layer = 0;
        for (HistoryEntry entry : history) {
            if (entry.emptyLayer()) {
                timed.add(entry);
            } else {
                Optional<OffsetDateTime> created = layers.get(layer++).created();
                timed.add(entry.created().isPresent() ? entry : entry.withCreated(created));
            }
        }
        return timed;
    }

    /**
     * Gives entries without a time that of the first one after them that has its own, so that what the build added does not
     * look as old as the base; and at the end that of the last one before them.
     */
    private static List<HistoryEntry> fillTimes(List<HistoryEntry> history) {
        Optional<OffsetDateTime> time = firstNewTime(history);
        boolean missing = false;
        List<HistoryEntry> filled = new ArrayList<>();
        for (HistoryEntry entry : history) {
            if (entry.created().isPresent()) {
                time = missing ? entry.created() : time;
                filled.add(entry);
            } else {
                missing = true;
                filled.add(entry.withCreated(time));
            }
        }
        return filled;
    }

    private static Optional<OffsetDateTime> firstNewTime(List<HistoryEntry> history) {
        Optional<OffsetDateTime> time = Optional.empty();
        boolean missing = false;
        for (HistoryEntry entry : history) {
            if (entry.created().isEmpty()) {
                missing = true;
            } else {
                time = entry.created();
                if (missing) {
                    break;
                }
            }
        }
        return time;
    }

    /** Limits times to the epoch, except in entries of the base image. */
    static List<HistoryEntry> clamp(List<HistoryEntry> history, List<HistoryEntry> base, OffsetDateTime epoch) {
        List<HistoryEntry> clamped = new ArrayList<>();
        boolean fromBase = true;
        for (int i = 0; i < history.size(); i++) {
            HistoryEntry entry = history.get(i);
            fromBase &= i < base.size() && entry.equals(base.get(i));
            boolean late = entry.created().map(time -> time.isAfter(epoch)).orElse(true);
            clamped.add(!fromBase && late ? entry.withCreated(Optional.of(epoch)) : entry);
        }
        return clamped;
    }

    /** The time of the last entry that has one. */
    static Optional<OffsetDateTime> lastTime(List<HistoryEntry> history) {
        return history.stream()
                .map(HistoryEntry::created)
                .flatMap(Optional::stream)
                .reduce((first, second) -> second);
    }
}
