package dev.slipway.frontend.graph;

import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays roots over each other, which is what {@code COPY --link} does. */
public final class MergeNode extends GraphNode {

    private final List<Root> layers;

    /**
     * @param layers at least two, lowest first, none of them the empty root
     * @param metadata the metadata of the vertex
     */
    public MergeNode(List<Root> layers, VertexMetadata metadata) {
        super(metadata);
        this.layers = List.copyOf(layers);
    }

    @Override
    List<Root> visited() {
        return layers;
    }

    @Override
    Vertex build(Inputs inputs) {
        List<Integer> positions = new ArrayList<>(layers.size());
        layers.forEach(layer -> positions.add(inputs.newPosition(layer)));
        return Vertex.of(new MergeOp(positions), inputs.edges(), Optional.empty(), metadata());
    }
}
