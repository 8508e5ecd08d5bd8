package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.oci.cache.CacheGraph;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cache as flat sets of texts.
 *
 * @param records digests of records
 * @param links what satisfies which input
 * @param results records that have a result
 */
record CacheSets(Set<String> records, Set<String> links, Set<String> results) {

    private static CacheSets empty() {
        return new CacheSets(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    static CacheSets of(CacheGraph<?> graph) {
        CacheSets sets = empty();
        for (CacheGraph.Entry<?> entry : graph.entries()) {
            String to = entry.digest().toString();
            sets.records.add(to);
            for (int input = 0; input < entry.inputs().size(); input++) {
                for (CacheGraph.Link link : entry.inputs().get(input)) {
                    String from = graph.entries().get(link.entry()).digest().toString();
                    sets.links.add(link(
                            to,
                            input,
                            from,
                            link.selector().map(Object::toString).orElse("")));
                }
            }
            if (entry.result().isPresent()) {
                sets.results.add(to);
            }
        }
        return sets;
    }

    /**
     * What the reference exports.
     *
     * @param frequency {@code always} or {@code sometimes}
     */
    static CacheSets of(JsonNode reference, String frequency) {
        CacheSets sets = empty();
        reference.get("records").path(frequency).forEach(record -> sets.records.add(record.asText()));
        reference.get("results").path(frequency).forEach(record -> sets.results.add(record.asText()));
        for (JsonNode link : reference.get("links").path(frequency)) {
            sets.links.add(link(
                    link.get("to").asText(),
                    link.get("input").asInt(),
                    link.get("from").asText(),
                    link.path("selector").asText()));
        }
        return sets;
    }

    private static String link(String to, int input, String from, String selector) {
        return to + " input " + input + " from " + from + (selector.isEmpty() ? "" : " by " + selector);
    }
}
