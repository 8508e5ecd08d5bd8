package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Joins graphs into one. Two records are the same if they do the same and share a record for each of their inputs, as in BuildKit:
 * then each stands for the links of both, and the newer result is kept.
 *
 * @param <R> what a record's result is
 */
public final class CacheMerge<R> {

    private final List<Merged<R>> all = new ArrayList<>();
    private final Map<Digest, Integer> roots = new HashMap<>();
    private final Map<Use, Set<Integer>> users = new HashMap<>();

    private final BinaryOperator<R> both;

    private CacheMerge(BinaryOperator<R> both) {
        this.both = both;
    }

    /**
     * Joins graphs. Of results that are equally new, that of the first graph is kept.
     *
     * @throws InvalidCacheException if records of one link to each other in a circle
     */
    public static <R> CacheGraph<R> of(List<CacheGraph<R>> graphs) throws InvalidCacheException {
        return of(graphs, (newer, older) -> newer);
    }

    /** @param both what is kept of two results, the newer of which comes first */
    static <R> CacheGraph<R> of(List<CacheGraph<R>> graphs, BinaryOperator<R> both) throws InvalidCacheException {
        CacheMerge<R> merge = new CacheMerge<>(both);
        for (CacheGraph<R> graph : graphs) {
            merge.add(graph.entries());
        }
        return new CacheGraph<>(merge.all.stream().map(Merged::entry).toList());
    }

    private void add(List<Entry<R>> entries) throws InvalidCacheException {
        Map<Integer, Integer> places = new HashMap<>();
        for (int position : LinkOrder.of(entries)) {
            Entry<R> entry = entries.get(position);
            List<List<Link>> inputs = entry.inputs().stream()
                    .map(input -> input.stream()
                            .map(link -> link.to(requireNonNull(places.get(link.entry()))))
                            .toList())
                    .toList();
            places.put(position, add(entry.withInputs(inputs)));
        }
    }

    private int add(Entry<R> entry) {
        int known = find(entry).orElse(all.size());
        boolean isNew = known == all.size();
        if (isNew) {
            all.add(new Merged<>(entry.digest(), entry.inputs().size()));
            if (entry.inputs().isEmpty()) {
                roots.put(entry.digest(), known);
            }
        }
        Merged<R> record = all.get(known);
        record.add(entry.result(), both);
        for (int input = 0; input < entry.inputs().size(); input++) {
            for (Link link : entry.inputs().get(input)) {
                if (!record.inputs.get(input).contains(link) && (isNew || !standsUpon(link.entry(), known))) {
                    record.inputs.get(input).add(link);
                    users.computeIfAbsent(new Use(entry.digest(), input, link), use -> new LinkedHashSet<>())
                            .add(known);
                }
            }
        }
        return known;
    }

    private Optional<Integer> find(Entry<R> entry) {
        if (entry.inputs().isEmpty()) {
            return Optional.ofNullable(roots.get(entry.digest()));
        }
        Set<Integer> common = new HashSet<>(users(entry, 0));
        for (int input = 1; input < entry.inputs().size() && !common.isEmpty(); input++) {
            common.retainAll(users(entry, input));
        }
        return common.stream()
                .filter(position ->
                        all.get(position).inputs.size() == entry.inputs().size())
                .min(Comparator.naturalOrder());
    }

    private Set<Integer> users(Entry<R> entry, int input) {
        Set<Integer> found = new HashSet<>();
        for (Link link : entry.inputs().get(input)) {
            found.addAll(users.getOrDefault(new Use(entry.digest(), input, link), Set.of()));
        }
        return found;
    }

    /** Whether a record can be followed down to another. A link from that one to it would close a circle. */
    private boolean standsUpon(int record, int other) {
        Deque<Integer> next = new ArrayDeque<>(List.of(record));
        Set<Integer> seen = new HashSet<>(next);
        for (Integer at = next.poll(); at != null; at = next.poll()) {
            if (at == other) {
                return true;
            }
            all.get(at).inputs.stream()
                    .flatMap(Set::stream)
                    .map(Link::entry)
                    .filter(seen::add)
                    .forEach(next::add);
        }
        return false;
    }

    private record Use(Digest digest, int input, Link link) {}

    private static final class Merged<R> {

        private final Digest digest;
        private final List<Set<Link>> inputs;
        private Optional<Stored<R>> result = Optional.empty();

        private Merged(Digest digest, int inputs) {
            this.digest = digest;
            this.inputs =
                    Stream.<Set<Link>>generate(LinkedHashSet::new).limit(inputs).toList();
        }

        private void add(Optional<Stored<R>> other, BinaryOperator<R> both) {
            if (other.isPresent() && result.isPresent()) {
                boolean later = result.get().createdAt().isBefore(other.get().createdAt());
                Stored<R> newer = later ? other.get() : result.get();
                Stored<R> older = later ? result.get() : other.get();
                result = Optional.of(new Stored<>(both.apply(newer.value(), older.value()), newer.createdAt()));
            } else {
                result = result.or(() -> other);
            }
        }

        private Entry<R> entry() {
            return new Entry<>(digest, inputs.stream().map(List::copyOf).toList(), result);
        }
    }
}
