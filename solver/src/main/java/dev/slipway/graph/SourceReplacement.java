package dev.slipway.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Op;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Replaces sources of a definition, which gives everything that is built upon them a new digest. */
public final class SourceReplacement {

    private final UnaryOperator<SourceOp> replacement;
    private final Map<Digest, Vertex> replaced = new HashMap<>();

    private SourceReplacement(UnaryOperator<SourceOp> replacement) {
        this.replacement = replacement;
    }

    /**
     * The definition with other sources; the same one if nothing changes.
     *
     * @param replacement returns the replacement of a source, or the source itself if it stays
     */
    public static Definition apply(Definition definition, UnaryOperator<SourceOp> replacement) {
        return new SourceReplacement(replacement).apply(definition);
    }

    private Definition apply(Definition definition) {
        Map<Digest, Vertex> vertices = new LinkedHashMap<>();
        boolean changed = false;
        for (Vertex vertex : definition.vertices()) {
            Vertex other = replace(vertex);
            changed |= !other.equals(vertex);
            replaced.put(vertex.digest(), other);
            // Two sources can have become one.
            vertices.merge(
                    other.digest(),
                    other,
                    (first, again) -> first.withMetadata(first.metadata().merge(again.metadata())));
        }
        return changed
                ? Definition.of(edge(definition.result().orElseThrow()), new ArrayList<>(vertices.values()))
                : definition;
    }

    private Vertex replace(Vertex vertex) {
        Op op = vertex.op() instanceof SourceOp source ? replacement.apply(source) : vertex.op();
        List<Edge> inputs = vertex.inputs().stream().map(this::edge).toList();
        return op.equals(vertex.op()) && inputs.equals(vertex.inputs())
                ? vertex
                : Vertex.of(op, inputs, vertex.platform(), vertex.metadata());
    }

    private Edge edge(Edge input) {
        return new Edge(requireNonNull(replaced.get(input.vertex().digest())), input.output());
    }
}
