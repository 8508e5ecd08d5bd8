package dev.slipway.llb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A whole build graph for one result.
 *
 * <p>Vertices stand in BuildKit's order: each after its inputs, depth first from the result. Equal vertices stand once,
 * with their metadata merged. A definition without a result builds an empty root.
 */
public final class Definition {

    private static final Definition EMPTY = new Definition(Optional.empty(), List.of());

    private final Optional<Edge> result;
    private final List<Vertex> vertices;

    private Definition(Optional<Edge> result, List<Vertex> vertices) {
        this.result = result;
        this.vertices = vertices;
    }

    /** The definition of an empty root. */
    public static Definition empty() {
        return EMPTY;
    }

    /** The definition of this output and everything below it. */
    public static Definition of(Edge result) {
        Map<Digest, Vertex> order = new LinkedHashMap<>();
        Map<Vertex, Boolean> visited = new java.util.IdentityHashMap<>();
        Deque<Visit> stack = new ArrayDeque<>();
        stack.push(new Visit(result.vertex()));
        visited.put(result.vertex(), true);
        while (!stack.isEmpty()) {
            Visit visit = stack.peek();
            if (visit.inputs.isEmpty()) {
                stack.pop();
                order.merge(
                        visit.vertex.digest(),
                        visit.vertex,
                        (first, again) -> first.withMetadata(first.metadata().merge(again.metadata())));
            } else {
                Vertex next = visit.inputs.poll();
                if (visited.put(next, true) == null) {
                    stack.push(new Visit(next));
                }
            }
        }
        return new Definition(Optional.of(result), List.copyOf(order.values()));
    }

    /**
     * A definition whose vertices are known already, in BuildKit's order and each once. This keeps metadata that
     * {@link #of(Edge)} cannot see: that of a vertex merged with another one that is equal.
     *
     * @throws IllegalArgumentException if a vertex stands before one of its inputs, or the result is not among them
     */
    public static Definition of(Edge result, List<Vertex> vertices) {
        Set<Digest> seen = new HashSet<>();
        for (Vertex vertex : vertices) {
            for (Edge input : vertex.inputs()) {
                if (!seen.contains(input.vertex().digest())) {
                    throw new IllegalArgumentException("the input of a vertex does not stand before it: " + vertex);
                }
            }
            seen.add(vertex.digest());
        }
        if (!seen.contains(result.vertex().digest())) {
            throw new IllegalArgumentException("the result is not among the vertices: " + result.vertex());
        }
        return new Definition(Optional.of(result), List.copyOf(vertices));
    }

    /** The wanted output; none for an empty root. */
    public Optional<Edge> result() {
        return result;
    }

    /** Every vertex once, each after its inputs. */
    public List<Vertex> vertices() {
        return vertices;
    }

    /** The digest of the terminal op, which stands for the whole definition; none for an empty root. */
    public Optional<Digest> head() {
        return result.map(edge -> Digest.sha256(OpEncoder.encodeTerminal(edge)));
    }

    /** The encodings of all vertices and, last, of the terminal op, as a backend receives them. */
    public List<byte[]> encodedOps() {
        if (result.isEmpty()) {
            return List.of();
        }
        List<byte[]> ops = new ArrayList<>();
        vertices.forEach(vertex -> ops.add(vertex.encoded()));
        ops.add(OpEncoder.encodeTerminal(result.get()));
        return Collections.unmodifiableList(ops);
    }

    /** What stands beside the terminal op: what a backend must know to read the definition at all. */
    public VertexMetadata headMetadata() {
        TreeSet<String> capabilities = new TreeSet<>(Set.of("constraints", "platform"));
        for (Vertex vertex : vertices) {
            if (!vertex.metadata().description().isEmpty()) {
                capabilities.add("meta.description");
            }
            if (vertex.metadata().ignoreCache()) {
                capabilities.add("meta.ignorecache");
            }
        }
        return VertexMetadata.EMPTY.withCapabilities(capabilities);
    }

    /**
     * The whole definition with metadata and source locations as BuildKit's {@code pb.Definition} message, which {@code
     * buildctl build} reads from its standard input.
     */
    public byte[] encoded() {
        return DefinitionEncoder.encode(this);
    }

    /** A vertex on the way down, with those of its inputs that are still to be visited. */
    private static final class Visit {

        private final Vertex vertex;
        private final Deque<Vertex> inputs;

        private Visit(Vertex vertex) {
            this.vertex = vertex;
            this.inputs = InputOrder.of(vertex);
        }
    }
}
