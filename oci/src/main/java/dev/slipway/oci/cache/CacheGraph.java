package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cache records as BuildKit links them. A record is reached from each of its inputs; several records can satisfy one input, such as one
 * by the definition of a step and one by the content that is read of its result.
 *
 * @param entries the records; an entry's links name others by their position here. There are no cycles
 * @param <R> what a record's result is
 */
public record CacheGraph<R>(List<Entry<R>> entries) {

    public CacheGraph {
        entries = List.copyOf(requireNonNull(entries, "entries is null"));
    }

    /** A graph without records. */
    public static <R> CacheGraph<R> empty() {
        return new CacheGraph<>(List.of());
    }

    /** The same records with their results in another form. */
    public <S> CacheGraph<S> map(Function<R, S> form) {
        return new CacheGraph<>(entries.stream().map(entry -> entry.map(form)).toList());
    }

    /** The first records, with what they link to that has no inputs itself, and no other links. */
    public CacheGraph<R> first(int count) {
        Map<Integer, Integer> places = new LinkedHashMap<>();
        for (int position = 0; position < count; position++) {
            places.put(position, position);
        }
        for (Entry<R> entry : entries.subList(0, count)) {
            entry.inputs().stream()
                    .flatMap(List::stream)
                    .map(Link::entry)
                    .filter(position -> entries.get(position).inputs().isEmpty())
                    .forEach(position -> places.putIfAbsent(position, places.size()));
        }
        return new CacheGraph<>(places.keySet().stream()
                .map(entries::get)
                .map(entry -> entry.withInputs(entry.inputs().stream()
                        .map(input -> input.stream()
                                .filter(link -> places.containsKey(link.entry()))
                                .map(link -> link.to(requireNonNull(places.get(link.entry()))))
                                .toList())
                        .toList()))
                .toList());
    }

    /** Whether any record has a result. A cache without one is of no use. */
    public boolean hasResults() {
        return entries.stream().anyMatch(entry -> entry.result().isPresent());
    }

    /**
     * One record.
     *
     * @param digest the sha256 digest of the text {@code DIGEST@OUTPUT}: the digest of the step's cache map, which says what it does but not
     *     upon what, and the number of its output; for content, its digest and -1
     * @param inputs for each input of the step, which records satisfy it; no inputs for a source and for content
     * @param result what the step made, if that is known
     */
    public record Entry<R>(Digest digest, List<List<Link>> inputs, Optional<Stored<R>> result) {

        public Entry {
            requireNonNull(digest, "digest is null");
            inputs = requireNonNull(inputs, "inputs is null").stream()
                    .map(List::copyOf)
                    .toList();
            requireNonNull(result, "result is null");
        }

        /** The same record with other links. */
        public Entry<R> withInputs(List<List<Link>> others) {
            return new Entry<>(digest, others, result);
        }

        /** The same record with another result, or none. */
        public <S> Entry<S> withResult(Optional<Stored<S>> other) {
            return new Entry<>(digest, inputs, other);
        }

        /** The same record with its result in another form. */
        public <S> Entry<S> map(Function<R, S> form) {
            return withResult(result.map(made -> new Stored<>(form.apply(made.value()), made.createdAt())));
        }
    }

    /**
     * A record that satisfies an input.
     *
     * @param entry its position in the graph
     * @param selector the digest of the paths that the step reads of the input, if it reads only some of them and the link is one by
     *     definition
     */
    public record Link(int entry, Optional<Digest> selector) {

        public Link {
            requireNonNull(selector, "selector is null");
        }

        /** The same link to where its record is in another graph. */
        public Link to(int position) {
            return new Link(position, selector);
        }
    }

    /**
     * What a step made.
     *
     * @param value the result
     * @param createdAt when it was made; of several, the newest is taken
     */
    public record Stored<R>(R value, Instant createdAt) {

        public Stored {
            requireNonNull(value, "value is null");
            requireNonNull(createdAt, "createdAt is null");
        }
    }
}
