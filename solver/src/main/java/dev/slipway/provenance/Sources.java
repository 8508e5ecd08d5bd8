package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a build took from outside.
 *
 * @param materials images, repositories and files, with their digests
 * @param locals the names of the client's folders, whose content is unknown
 * @param secrets ids of secrets, and whether each is optional
 * @param agents ids of SSH agents, and whether each is optional
 * @param network whether a process could reach a network
 */
public record Sources(
        List<Material> materials,
        SortedSet<String> locals,
        SortedMap<String, Boolean> secrets,
        SortedMap<String, Boolean> agents,
        boolean network) {

    public Sources {
        materials = List.copyOf(requireNonNull(materials, "materials is null"));
        locals = Collections.unmodifiableSortedSet(new TreeSet<>(requireNonNull(locals, "locals is null")));
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(secrets, "secrets is null")));
        agents = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(agents, "agents is null")));
    }

    /** Whether everything that was used is among the materials. */
    boolean areComplete() {
        return locals.isEmpty();
    }
}
