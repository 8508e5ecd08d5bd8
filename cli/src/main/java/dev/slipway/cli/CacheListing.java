package dev.slipway.cli;

import dev.slipway.executor.ByteSize;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.oci.json.JsonWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Prints entries of the cache. */
final class CacheListing {

    private static final int SHOWN_ID = 12;

    private CacheListing() {}

    /** One line for each, and one with the sum of the sizes. */
    static String text(List<CacheEntry> entries, String sum) {
        StringBuilder text = new StringBuilder();
        if (!entries.isEmpty()) {
            line(text, "ID", "TYPE", "SIZE", "LAST USED", "DESCRIPTION");
        }
        for (CacheEntry entry : entries) {
            String id = entry.id().substring(0, Math.min(SHOWN_ID, entry.id().length()));
            line(
                    text,
                    entry.inUse() ? id + "*" : id,
                    entry.type().label(),
                    ByteSize.format(entry.size()),
                    entry.lastUsed().truncatedTo(ChronoUnit.SECONDS).toString(),
                    TerminalText.line(entry.description()));
        }
        return text.append(sum)
                .append(": ")
                .append(ByteSize.format(total(entries)))
                .append('\n')
                .toString();
    }

    private static void line(StringBuilder text, String id, String type, String size, String used, String description) {
        String line = String.format(Locale.ROOT, "%-13s %-19s %9s  %-20s  %s", id, type, size, used, description);
        text.append(line.stripTrailing()).append('\n');
    }

    private static long total(List<CacheEntry> entries) {
        return entries.stream().mapToLong(CacheEntry::size).sum();
    }

    /** {@code {"entries": [{"id", "type", "description", "size", "created", "lastUsed", "inUse"}], "size"}}. */
    static String json(List<CacheEntry> entries) {
        JsonWriter json = JsonWriter.readable().startObject().startArray("entries");
        for (CacheEntry entry : entries) {
            json.startObject()
                    .member("id", entry.id())
                    .member("type", entry.type().label())
                    .member("description", entry.description())
                    .member("size", entry.size())
                    .member("created", entry.created().toString())
                    .member("lastUsed", entry.lastUsed().toString())
                    .member("inUse", entry.inUse())
                    .endObject();
        }
        return json.endArray().member("size", total(entries)).endObject().toString();
    }
}
