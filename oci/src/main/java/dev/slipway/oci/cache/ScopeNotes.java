package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.cache.CacheGraph.Entry;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Notes of which build each result in a cache is from, as annotations of its manifest: under the name of the build the day on which it
 * wrote last, and the positions of its records, such as {@code 2026-11-30 0-5 7}. BuildKit passes over them.
 */
final class ScopeNotes {

    private static final String PREFIX = "dev.slipway.cache.scope.";

    /** Of what nobody has noted anything, such as what BuildKit wrote. */
    static final String UNKNOWN = "unknown";

    private ScopeNotes() {}

    /** The notes about these records. */
    static SortedMap<String, String> write(List<Entry<Scoped>> entries) {
        SortedMap<String, LocalDate> days = new TreeMap<>();
        SortedMap<String, BitSet> positions = new TreeMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).result().isPresent()) {
                int position = i;
                entries.get(i).result().get().value().scopes().forEach((name, day) -> {
                    days.merge(name, day, (one, other) -> one.isBefore(other) ? other : one);
                    positions.computeIfAbsent(name, scope -> new BitSet()).set(position);
                });
            }
        }
        SortedMap<String, String> notes = new TreeMap<>();
        days.forEach((name, day) -> notes.put(PREFIX + name, day + ranges(requireNonNull(positions.get(name)))));
        return notes;
    }

    private static String ranges(BitSet positions) {
        StringBuilder text = new StringBuilder();
        for (int from = positions.nextSetBit(0); from >= 0; ) {
            int to = positions.nextClearBit(from) - 1;
            text.append(' ').append(from == to ? Integer.toString(from) : from + "-" + to);
            from = positions.nextSetBit(to + 1);
        }
        return text.toString();
    }

    /**
     * Which builds the results of records are from.
     *
     * @param annotations of the manifest; notes that are damaged are passed over
     * @param today the day that counts for results of which nothing is noted
     */
    static CacheGraph<Scoped> read(
            CacheGraph<List<CachedLayer>> graph, Map<String, String> annotations, LocalDate today) {
        List<SortedMap<String, LocalDate>> scopes = new ArrayList<>();
        graph.entries().forEach(entry -> scopes.add(new TreeMap<>()));
        annotations.forEach((name, note) -> {
            if (name.startsWith(PREFIX)) {
                note(scopes, name.substring(PREFIX.length()), note);
            }
        });
        List<Entry<Scoped>> entries = new ArrayList<>();
        for (Entry<List<CachedLayer>> entry : graph.entries()) {
            SortedMap<String, LocalDate> noted = scopes.get(entries.size());
            entries.add(entry.map(
                    layers -> new Scoped(layers, noted.isEmpty() ? new TreeMap<>(Map.of(UNKNOWN, today)) : noted)));
        }
        return new CacheGraph<>(entries);
    }

    private static void note(List<SortedMap<String, LocalDate>> scopes, String name, String note) {
        String[] parts = note.split(" ");
        try {
            LocalDate day = LocalDate.parse(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                int dash = parts[i].indexOf('-');
                int from = Integer.parseInt(dash < 0 ? parts[i] : parts[i].substring(0, dash));
                int to = dash < 0 ? from : Integer.parseInt(parts[i].substring(dash + 1));
                for (int position = from; position <= Math.min(to, scopes.size() - 1); position++) {
                    scopes.get(position).put(name, day);
                }
            }
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return;
        }
    }
}
