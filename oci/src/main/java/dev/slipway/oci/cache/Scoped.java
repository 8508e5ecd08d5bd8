package dev.slipway.oci.cache;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A result in a cache that several builds share.
 *
 * @param layers of the result, lowest first
 * @param scopes the builds that it is from, each with the day on which it wrote last
 */
record Scoped(List<CachedLayer> layers, SortedMap<String, LocalDate> scopes) {

    Scoped {
        layers = List.copyOf(layers);
        scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
    }

    /** The same result, of the builds that either is from. */
    Scoped and(Scoped other) {
        TreeMap<String, LocalDate> all = new TreeMap<>(scopes);
        other.scopes.forEach((name, day) -> all.merge(name, day, (one, two) -> one.isBefore(two) ? two : one));
        return new Scoped(layers, all);
    }
}
