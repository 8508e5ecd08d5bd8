package dev.slipway.frontend.image;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A map that stages share until one of them changes it. */
final class SharedMap {

    private SortedMap<String, String> entries;
    private boolean own;

    SharedMap(SortedMap<String, String> entries) {
        this.entries = entries;
    }

    /** A copy that can be changed independently. */
    SharedMap copy() {
        own = false;
        return new SharedMap(entries);
    }

    void put(String key, String value) {
        if (!own) {
            entries = new TreeMap<>(entries);
            own = true;
        }
        entries.put(key, value);
    }

    SortedMap<String, String> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }
}
