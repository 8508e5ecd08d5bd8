package dev.slipway.solver.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.oci.cache.CacheGraph.Entry;
import dev.slipway.oci.cache.CacheGraph.Link;
import dev.slipway.oci.cache.CacheGraph.Stored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts records together, each after those that satisfy its inputs. Two that are reached by one link from each input are one record, which
 * keeps the links and the newest result of both.
 *
 * @param <R> what a record's result is
 */
public final class CacheGraphBuilder<R> {

    private final Map<Digest, Item<R>> roots = new HashMap<>();
    private final Set<Item<R>> items = new LinkedHashSet<>();

    /**
     * A record that has been added.
     *
     * @param <R> what its result is
     */
    public static final class Item<R> {

        private final Digest digest;
        private final List<Set<Source<R>>> inputs = new ArrayList<>();
        private final Map<Use, Set<Item<R>>> uses = new LinkedHashMap<>();
        private Optional<Stored<R>> result = Optional.empty();

        private Item(Digest digest) {
            this.digest = digest;
        }

        private void keep(Optional<Stored<R>> other) {
            boolean newer = result.isEmpty()
                    || other.filter(stored ->
                                    stored.createdAt().isAfter(result.get().createdAt()))
                            .isPresent();
            if (newer) {
                result = other.or(() -> result);
            }
        }
    }

    /**
     * A record that satisfies an input.
     *
     * @param item the record
     * @param selector the digest of the paths that are read of it, if there is one
     * @param <R> what its result is
     */
    public record Source<R>(Item<R> item, Optional<Digest> selector) {}

    /** What a record is used for: the input of another one. */
    private record Use(Digest digest, int input, Optional<Digest> selector) {}

    /** Adds a source, content, or anything else without inputs. */
    public Item<R> root(Digest digest, Optional<Stored<R>> result) {
        Item<R> item = roots.computeIfAbsent(digest, Item::new);
        items.add(item);
        item.keep(result);
        return item;
    }

    /**
     * Adds a record.
     *
     * @param inputs for each input what satisfies it, at least one each
     */
    public Item<R> add(Digest digest, List<List<Source<R>>> inputs, Optional<Stored<R>> result) {
        if (inputs.isEmpty()) {
            return root(digest, result);
        }
        Item<R> item = existing(digest, inputs).orElseGet(() -> new Item<>(digest));
        items.add(item);
        item.keep(result);
        Set<Item<R>> above = above(item);
        for (int input = 0; input < inputs.size(); input++) {
            for (Source<R> source : inputs.get(input)) {
                if (!above.contains(source.item())) {
                    link(item, input, source);
                }
            }
        }
        return item;
    }

    private static <R> void link(Item<R> item, int input, Source<R> source) {
        while (item.inputs.size() <= input) {
            item.inputs.add(new LinkedHashSet<>());
        }
        item.inputs.get(input).add(source);
        source.item()
                .uses
                .computeIfAbsent(new Use(item.digest, input, source.selector()), use -> new LinkedHashSet<>())
                .add(item);
    }

    private Optional<Item<R>> existing(Digest digest, List<List<Source<R>>> inputs) {
        Set<Item<R>> candidates = users(digest, 0, inputs.get(0));
        for (int input = 1; input < inputs.size(); input++) {
            candidates.retainAll(users(digest, input, inputs.get(input)));
        }
        List<Item<R>> found = List.copyOf(candidates);
        found.stream().skip(1).forEach(other -> merge(other, found.get(0)));
        return found.stream().findFirst();
    }

    private Set<Item<R>> users(Digest digest, int input, List<Source<R>> sources) {
        Set<Item<R>> users = new LinkedHashSet<>();
        for (Source<R> source : sources) {
            users.addAll(source.item().uses.getOrDefault(new Use(digest, input, source.selector()), Set.of()));
        }
        return users;
    }

    private void merge(Item<R> other, Item<R> into) {
        items.remove(other);
        into.keep(other.result);
        for (int input = 0; input < other.inputs.size(); input++) {
            for (Source<R> source : other.inputs.get(input)) {
                source.item().uses.values().forEach(users -> users.remove(other));
                link(into, input, source);
            }
        }
        other.uses.forEach((use, users) -> users.forEach(user -> {
            user.inputs.get(use.input()).remove(new Source<>(other, use.selector()));
            link(user, use.input(), new Source<>(into, use.selector()));
        }));
    }

    /** The records that are made upon one, itself among them. */
    private static <R> Set<Item<R>> above(Item<R> item) {
        Set<Item<R>> above = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Item<R>> next = new ArrayList<>(List.of(item));
        while (!next.isEmpty()) {
            Item<R> current = next.remove(next.size() - 1);
            if (above.add(current)) {
                current.uses.values().forEach(next::addAll);
            }
        }
        return above;
    }

    /** All that was added. A record of which an input is satisfied by nothing is left out, with all that is made upon it. */
    public CacheGraph<R> build() {
        List<Item<R>> ordered = new ArrayList<>();
        Map<Item<R>, Integer> positions = new IdentityHashMap<>();
        items.forEach(item -> place(item, ordered, positions, new HashSet<>()));
        List<Entry<R>> entries = new ArrayList<>();
        for (Item<R> item : ordered) {
            List<List<Link>> inputs = new ArrayList<>();
            for (Collection<Source<R>> sources : item.inputs) {
                inputs.add(sources.stream()
                        .filter(source -> positions.containsKey(source.item()))
                        .map(source -> new Link(requireNonNull(positions.get(source.item())), source.selector()))
                        .toList());
            }
            entries.add(new Entry<>(item.digest, inputs, item.result));
        }
        return new CacheGraph<>(entries);
    }

    private void place(Item<R> item, List<Item<R>> ordered, Map<Item<R>, Integer> positions, Set<Item<R>> visited) {
        if (positions.containsKey(item) || !visited.add(item)) {
            return;
        }
        item.inputs.forEach(sources -> sources.forEach(source -> place(source.item(), ordered, positions, visited)));
        boolean satisfied = item.inputs.stream()
                .allMatch(sources -> sources.stream().anyMatch(source -> positions.containsKey(source.item())));
        if (satisfied) {
            positions.put(item, ordered.size());
            ordered.add(item);
        }
    }
}
