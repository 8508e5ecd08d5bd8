package dev.slipway.frontend.image;

import dev.slipway.oci.config.HistoryEntry;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of an image. A child shares its parent's entries, so that a long chain of stages costs no copies. */
final class History {

    private @Nullable Link last;

    private History(@Nullable Link last) {
        this.last = last;
    }

    private record Link(HistoryEntry entry, @Nullable Link previous, int size) {}

    static History of(List<HistoryEntry> entries) {
        History history = new History(null);
        entries.forEach(history::add);
        return history;
    }

    /** A copy that can be extended independently. */
    History copy() {
        return new History(last);
    }

    void add(HistoryEntry entry) {
        last = new Link(entry, last, last == null ? 1 : last.size + 1);
    }

    /** All entries, oldest first. */
    List<HistoryEntry> entries() {
        HistoryEntry[] entries = new HistoryEntry[last == null ? 0 : last.size];
        int at = entries.length;
        for (Link link = last; link != null; link = link.previous) {
            entries[--at] = link.entry;
        }
        return Arrays.asList(entries);
    }
}
