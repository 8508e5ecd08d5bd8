package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An order of records that depends on nothing but what they are. */
final class EntryOrder {

    private EntryOrder() {}

    /** The same records, sorted by their digests, and those with the same digest by what they link to. */
    static <R> CacheGraph<R> sorted(CacheGraph<R> graph) throws InvalidCacheException {
        List<Entry<R>> entries = graph.entries();
        List<Digest> names = names(entries);
        List<Integer> order = IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparing(
                                (Integer position) -> entries.get(position).digest())
                        .thenComparing(names::get))
                .toList();
        Map<Integer, Integer> places = new HashMap<>();
        order.forEach(position -> places.put(position, places.size()));
        return new CacheGraph<>(order.stream()
                .map(entries::get)
                .map(entry -> entry.withInputs(entry.inputs().stream()
                        .map(input -> input.stream()
                                .map(link -> link.to(requireNonNull(places.get(link.entry()))))
                                .sorted(Comparator.comparingInt(Link::entry).thenComparing(EntryOrder::selector))
                                .toList())
                        .toList()))
                .toList());
    }

    /** For each record a digest of all that it links to. */
    private static <R> List<Digest> names(List<Entry<R>> entries) throws InvalidCacheException {
        Digest[] names = new Digest[entries.size()];
        for (int position : LinkOrder.of(entries)) {
            List<String> inputs = new ArrayList<>();
            for (List<Link> input : entries.get(position).inputs()) {
                inputs.add(input.stream()
                        .map(link -> names[link.entry()] + " " + selector(link))
                        .sorted()
                        .toList()
                        .toString());
            }
            names[position] = Digest.sha256(entries.get(position).digest() + inputs.toString());
        }
        return List.of(names);
    }

    private static String selector(Link link) {
        return link.selector().map(Digest::toString).orElse("");
    }
}
