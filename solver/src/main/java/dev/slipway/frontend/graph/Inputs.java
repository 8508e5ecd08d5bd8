package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Edge;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inputs of one vertex while it is being built. */
final class Inputs {

    private final Map<GraphNode, Vertex> built;
    private final Platform defaultPlatform;
    private final List<Edge> edges = new ArrayList<>(4);

    /**
     * @param built the vertices of all nodes that have been visited
     * @param defaultPlatform runs vertices without a platform of their own
     */
    Inputs(Map<GraphNode, Vertex> built, Platform defaultPlatform) {
        this.built = built;
        this.defaultPlatform = defaultPlatform;
    }

    /** The position of this output among the inputs, shared with an equal one; {@link Op#NONE} for the empty root. */
    int position(Root output) {
        Optional<GraphNode> node = output.node();
        if (node.isEmpty()) {
            return Op.NONE;
        }
        Vertex vertex = requireNonNull(built.get(node.get()));
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).vertex().equals(vertex)) {
                return i;
            }
        }
        edges.add(new Edge(vertex, 0));
        return edges.size() - 1;
    }

    /** A position of its own for this output, even if an equal one has one already. */
    int newPosition(Root output) {
        edges.add(new Edge(requireNonNull(built.get(output.node().orElseThrow())), 0));
        return edges.size() - 1;
    }

    List<Edge> edges() {
        return edges;
    }

    Platform defaultPlatform() {
        return defaultPlatform;
    }
}
