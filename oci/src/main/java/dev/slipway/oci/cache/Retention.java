package dev.slipway.oci.cache;

import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What of a cache stays when a build writes to it: all of other builds, as long as these write now and then; of earlier runs of the
 * same build what is so young that it may be from one that runs at the same time.
 *
 * @param scope the build that writes
 * @param now when it does
 */
record Retention(String scope, Instant now) {

    private static final Duration SAME_TIME = Duration.ofDays(1);
    private static final Period FORGOTTEN = Period.ofDays(90);

    /**
     * What stays of a graph.
     *
     * @param own how many records, from the first one, the build has itself: they stay with whatever is known of them
     */
    CacheGraph<Scoped> of(CacheGraph<Scoped> graph, int own) throws InvalidCacheException {
        List<Entry<Scoped>> entries = new ArrayList<>();
        for (Entry<Scoped> entry : graph.entries()) {
            boolean isOwn = entries.size() < own;
            entries.add(isOwn ? entry.map(result -> result.and(new Scoped(result.layers(), today(scope)))) : entry);
        }
        return keeping(new CacheGraph<>(entries), own, this::stays);
    }

    private SortedMap<String, LocalDate> today(String name) {
        return new TreeMap<>(Map.of(name, now.atZone(ZoneOffset.UTC).toLocalDate()));
    }

    private boolean stays(Stored<Scoped> result) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        boolean young = result.createdAt().isAfter(now.minus(SAME_TIME));
        return young
                || result.value().scopes().entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(scope)
                                && other.getValue().isAfter(today.minus(FORGOTTEN)));
    }

    /** The graph without the older half of its results. */
    static CacheGraph<Scoped> newerHalf(CacheGraph<Scoped> graph) throws InvalidCacheException {
        List<Instant> times = graph.entries().stream()
                .flatMap(entry -> entry.result().stream())
                .map(Stored::createdAt)
                .sorted(Comparator.reverseOrder())
                .toList();
        if (times.size() < 2) {
            return CacheGraph.empty();
        }
        Instant oldest = times.get(times.size() / 2);
        return keeping(graph, 0, result -> result.createdAt().isAfter(oldest));
    }

    /**
     * Without other results, and without records that lead to none.
     *
     * @param own how many records stay as they are
     */
    private static CacheGraph<Scoped> keeping(CacheGraph<Scoped> graph, int own, Predicate<Stored<Scoped>> wanted)
            throws InvalidCacheException {
        List<Integer> order = LinkOrder.of(graph.entries());
        boolean[] leads = new boolean[order.size()];
        for (int i = order.size() - 1; i >= 0; i--) {
            int position = order.get(i);
            Entry<Scoped> entry = graph.entries().get(position);
            leads[position] |= position < own || entry.result().filter(wanted).isPresent();
            if (leads[position]) {
                entry.inputs().forEach(input -> input.forEach(link -> leads[link.entry()] = true));
            }
        }
        Map<Integer, Integer> places = new HashMap<>();
        List<Entry<Scoped>> kept = new ArrayList<>();
        for (int position : order) {
            if (leads[position]) {
                places.put(position, kept.size());
                Entry<Scoped> entry = graph.entries().get(position);
                Optional<Stored<Scoped>> result = entry.result().filter(made -> position < own || wanted.test(made));
                kept.add(entry.<Scoped>withResult(result).withInputs(placed(entry.inputs(), places)));
            }
        }
        return new CacheGraph<>(kept);
    }

    private static List<List<Link>> placed(List<List<Link>> inputs, Map<Integer, Integer> places) {
        return inputs.stream()
                .map(input -> input.stream()
                        .map(link -> link.to(places.getOrDefault(link.entry(), -1)))
                        .toList())
                .toList();
    }
}
