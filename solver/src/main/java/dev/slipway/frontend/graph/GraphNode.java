package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.List;

/**
 * A vertex to be. Belongs to one conversion and is compared by identity: two nodes may well become equal vertices, whose
 * metadata is then merged.
 */
public abstract sealed class GraphNode permits SourceNode, ExecNode, FileNode, MergeNode {

    private final VertexMetadata metadata;

    GraphNode(VertexMetadata metadata) {
        this.metadata = requireNonNull(metadata, "metadata is null");
    }

    /** What stands beside the vertex. */
    final VertexMetadata metadata() {
        return metadata;
    }

    /** What this node builds on, in the order in which BuildKit's client visits it. */
    abstract List<Root> visited();

    /**
     * The vertex, now that all of {@link #visited()} are vertices.
     *
     * @param inputs finds them, and numbers those that the vertex takes as its inputs
     */
    abstract Vertex build(Inputs inputs);
}
