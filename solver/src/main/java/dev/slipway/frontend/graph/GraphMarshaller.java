package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the nodes below a result into vertices. Each node becomes one vertex, after what it builds on; equal vertices appear
 * once in the definition, with their metadata merged. Does not recurse, so that the depth of a graph is not limited.
 */
public final class GraphMarshaller {

    private final Platform defaultPlatform;
    private final Map<GraphNode, Vertex> built = new IdentityHashMap<>();
    private final Map<Digest, Vertex> ordered = new LinkedHashMap<>();
    private final Deque<Visit> path = new ArrayDeque<>();

    private GraphMarshaller(Platform defaultPlatform) {
        this.defaultPlatform = defaultPlatform;
    }

    /**
     * The definition of a result.
     *
     * @param result the wanted root
     * @param defaultPlatform runs processes without a base image
     * @throws dev.slipway.llb.InvalidUtf8Exception if a text is not valid Unicode
     */
    public static Definition marshal(Root result, Platform defaultPlatform) {
        return new GraphMarshaller(defaultPlatform).marshal(result);
    }

    private Definition marshal(Root result) {
        Optional<GraphNode> last = result.node();
        if (last.isEmpty()) {
            return Definition.empty();
        }
        enter(last.get());
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            if (visit.rest.hasNext()) {
                visit.rest
                        .next()
                        .node()
                        .filter(node -> !built.containsKey(node))
                        .ifPresent(this::enter);
            } else {
                path.pop();
                leave(visit.node);
            }
        }
        return Definition.of(new Edge(requireNonNull(built.get(last.get())), 0), new ArrayList<>(ordered.values()));
    }

    private void enter(GraphNode node) {
        path.push(new Visit(node, node.visited().iterator()));
    }

    private void leave(GraphNode node) {
        Vertex vertex = node.build(new Inputs(built, defaultPlatform));
        built.put(node, vertex);
        ordered.merge(
                vertex.digest(),
                vertex,
                (first, again) -> first.withMetadata(first.metadata().merge(again.metadata())));
    }

    /** A node on the way down, with what it builds on and is still to be visited. */
    private record Visit(GraphNode node, Iterator<Root> rest) {}
}
