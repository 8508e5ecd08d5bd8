package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.List;

/**
 * A future vertex. Belongs to one conversion and is compared by identity: two nodes may become equal vertices, whose metadata
 * is then merged.
 */
public abstract sealed class GraphNode permits SourceNode, ExecNode, FileNode, MergeNode {

    private final VertexMetadata metadata;

    GraphNode(VertexMetadata metadata) {
        this.metadata = requireNonNull(metadata, "metadata is null");
    }

    /** The metadata of the vertex. */
    final VertexMetadata metadata() {
        return metadata;
    }

    /** What this node builds on, in the order in which BuildKit's client visits it. */
    abstract List<Root> visited();

    /**
     * The vertex, now that all of {@link #visited()} are vertices.
     *
     * @param inputs finds them, and numbers the inputs of the vertex
     */
    abstract Vertex build(Inputs inputs);
}
