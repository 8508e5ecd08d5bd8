package dev.slipway.oci.cache;

import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The order in which each record comes after all that it links to. */
final class LinkOrder {

    private LinkOrder() {}

    /**
     * The positions of all records in that order; the same for the same graph.
     *
     * @throws InvalidCacheException if a link leads nowhere, or in a circle
     */
    static <R> List<Integer> of(List<Entry<R>> entries) throws InvalidCacheException {
        List<List<Integer>> users = new ArrayList<>();
        entries.forEach(entry -> users.add(new ArrayList<>()));
        int[] missing = new int[entries.size()];
        for (int position = 0; position < entries.size(); position++) {
            for (List<Link> input : entries.get(position).inputs()) {
                for (Link link : input) {
                    if (link.entry() < 0 || link.entry() >= entries.size()) {
                        throw new InvalidCacheException(
                                "record " + position + " links to record " + link.entry() + " of " + entries.size());
                    }
                    users.get(link.entry()).add(position);
                    missing[position]++;
                }
            }
        }
        Deque<Integer> ready = new ArrayDeque<>();
        for (int position = 0; position < missing.length; position++) {
            if (missing[position] == 0) {
                ready.add(position);
            }
        }
        List<Integer> order = new ArrayList<>();
        for (Integer next = ready.poll(); next != null; next = ready.poll()) {
            order.add(next);
            for (int user : users.get(next)) {
                missing[user]--;
                if (missing[user] == 0) {
                    ready.add(user);
                }
            }
        }
        if (order.size() < entries.size()) {
            throw new InvalidCacheException("its records link to each other in a circle");
        }
        return order;
    }
}
