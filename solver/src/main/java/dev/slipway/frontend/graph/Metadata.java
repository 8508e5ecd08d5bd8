package dev.slipway.frontend.graph;

import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.llb.VertexMetadata.ProgressGroup;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the metadata of one vertex. */
public final class Metadata {

    /** The description key of the instruction's source text. */
    private static final String COMMAND = "com.docker.dockerfile.v1.command";

    private final TreeMap<String, String> description = new TreeMap<>();
    private final TreeSet<String> capabilities = new TreeSet<>();
    private boolean ignoreCache;
    private Optional<ProgressGroup> group = Optional.empty();
    private SortedMap<String, String> linuxResources = new TreeMap<>();
    private List<SourceLocation> locations = List.of();

    private Metadata() {}

    /** Metadata with the name that progress shows. */
    public static Metadata named(String name) {
        Metadata metadata = new Metadata();
        metadata.description.put(VertexMetadata.CUSTOM_NAME, name);
        return metadata;
    }

    /** Metadata of a vertex without a name in progress. */
    public static Metadata unnamed() {
        return new Metadata();
    }

    /** Adds the source text of the instruction. */
    public Metadata command(String text) {
        description.put(COMMAND, text);
        return this;
    }

    /** Adds a capability that an executor needs, by BuildKit's name. */
    public Metadata capability(String name) {
        capabilities.add(name);
        return this;
    }

    /** Forbids the use of earlier results. */
    public Metadata ignoreCache(boolean ignore) {
        ignoreCache = ignore;
        return this;
    }

    /** Puts the vertex into a progress group. */
    public Metadata group(ProgressGroup progressGroup) {
        group = Optional.of(progressGroup);
        return this;
    }

    /** Limits the process, by BuildKit's names. */
    public Metadata linuxResources(SortedMap<String, String> resources) {
        linuxResources = resources;
        return this;
    }

    /** Sets the instruction that the vertex comes from. */
    public Metadata at(SourceLocation location) {
        locations = List.of(location);
        return this;
    }

    /** The collected metadata. */
    public VertexMetadata build() {
        return new VertexMetadata(description, ignoreCache, capabilities, group, linuxResources, locations);
    }
}
