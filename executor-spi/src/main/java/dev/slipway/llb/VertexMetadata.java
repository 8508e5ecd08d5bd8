package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands beside a vertex without changing what it builds.
 *
 * @param description texts by key, as BuildKit names the keys; {@link #CUSTOM_NAME} is what progress shows
 * @param ignoreCache whether an earlier result may not be used
 * @param capabilities what a backend must know to run the vertex, by BuildKit's names
 * @param progressGroup the group of vertices shown as one, if any
 * @param linuxResources limits of the control group of a process, by BuildKit's names
 * @param locations where in which Dockerfile the vertex comes from
 */
public record VertexMetadata(
        SortedMap<String, String> description,
        boolean ignoreCache,
        SortedSet<String> capabilities,
        Optional<ProgressGroup> progressGroup,
        SortedMap<String, String> linuxResources,
        List<SourceLocation> locations) {

    /** The key of the name that progress shows. */
    public static final String CUSTOM_NAME = "llb.customname";

    /** No metadata at all. */
    public static final VertexMetadata EMPTY =
            new VertexMetadata(new TreeMap<>(), false, new TreeSet<>(), Optional.empty(), new TreeMap<>(), List.of());

    public VertexMetadata {
        description =
                Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(description, "description is null")));
        capabilities =
                Collections.unmodifiableSortedSet(new TreeSet<>(requireNonNull(capabilities, "capabilities is null")));
        requireNonNull(progressGroup, "progressGroup is null");
        linuxResources = Collections.unmodifiableSortedMap(
                new TreeMap<>(requireNonNull(linuxResources, "linuxResources is null")));
        locations = List.copyOf(requireNonNull(locations, "locations is null"));
    }

    /** Metadata of a vertex that only has a name. */
    public static VertexMetadata named(String name) {
        return new VertexMetadata(
                new TreeMap<>(Map.of(CUSTOM_NAME, name)),
                false,
                new TreeSet<>(),
                Optional.empty(),
                new TreeMap<>(),
                List.of());
    }

    /** This metadata with other capabilities. */
    VertexMetadata withCapabilities(SortedSet<String> others) {
        return new VertexMetadata(description, ignoreCache, others, progressGroup, linuxResources, locations);
    }

    /** The name that progress shows. */
    public Optional<String> name() {
        return Optional.ofNullable(description.get(CUSTOM_NAME));
    }

    /**
     * The metadata of two equal vertices as one: later texts win, the cache is ignored if either says so, capabilities and
     * locations are joined.
     */
    public VertexMetadata merge(VertexMetadata later) {
        TreeMap<String, String> descriptions = new TreeMap<>(description);
        descriptions.putAll(later.description);
        TreeSet<String> joined = new TreeSet<>(capabilities);
        joined.addAll(later.capabilities);
        TreeMap<String, String> resources = new TreeMap<>(linuxResources);
        resources.putAll(later.linuxResources);
        LinkedHashSet<SourceLocation> places = new LinkedHashSet<>(locations);
        places.addAll(later.locations);
        return new VertexMetadata(
                descriptions,
                ignoreCache || later.ignoreCache,
                joined,
                later.progressGroup.or(() -> progressGroup),
                resources,
                new ArrayList<>(places));
    }

    /**
     * Vertices that progress shows as one.
     *
     * @param id shared by the vertices of the group
     * @param name what is shown
     * @param weak whether the group is shown only if all of its vertices are in it
     */
    public record ProgressGroup(String id, String name, boolean weak) {

        public ProgressGroup {
            requireNonNull(id, "id is null");
            requireNonNull(name, "name is null");
        }
    }
}
