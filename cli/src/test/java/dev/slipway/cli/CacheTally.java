package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.oci.cache.CacheGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts caches whose records and links are those that the reference exports. */
final class CacheTally {

    private final List<String> different = new ArrayList<>();
    private int total;
    private int records;
    private int links;

    void compare(String name, CacheGraph<?> graph, JsonNode reference) {
        CacheSets actual = CacheSets.of(graph);
        CacheSets always = CacheSets.of(reference, "always");
        CacheSets sometimes = CacheSets.of(reference, "sometimes");
        List<String> ofRecords = differences("record", actual.records(), always.records(), sometimes.records());
        ofRecords.addAll(differences("result", actual.results(), always.results(), sometimes.results()));
        List<String> ofLinks = differences("link", actual.links(), always.links(), sometimes.links());
        total++;
        records += ofRecords.isEmpty() ? 1 : 0;
        links += ofLinks.isEmpty() ? 1 : 0;
        ofRecords.addAll(ofLinks);
        if (!ofRecords.isEmpty()) {
            different.add(name);
            System.out.println(name);
            ofRecords.forEach(difference -> System.out.println("    " + difference));
        }
    }

    private static List<String> differences(
            String what, Set<String> actual, Set<String> always, Set<String> sometimes) {
        List<String> differences = new ArrayList<>();
        Set<String> missing = new TreeSet<>(always);
        missing.removeAll(actual);
        missing.forEach(each -> differences.add("lacks " + what + " " + each));
        Set<String> more = new TreeSet<>(actual);
        more.removeAll(always);
        more.removeAll(sometimes);
        more.forEach(each -> differences.add("has " + what + " " + each));
        return differences;
    }

    String records() {
        return records + "/" + total;
    }

    String links() {
        return links + "/" + total;
    }

    /** The caches that differ. */
    List<String> different() {
        return List.copyOf(different);
    }
}
