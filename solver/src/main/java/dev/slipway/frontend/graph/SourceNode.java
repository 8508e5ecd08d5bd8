package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.List;
import java.util.Optional;

/** Brings something into the build from outside. */
public final class SourceNode extends GraphNode {

    private final SourceOp op;
    private final Optional<Platform> platform;

    /**
     * @param op the source
     * @param platform as it was asked for, for images only; BuildKit does not normalise it here
     * @param metadata the metadata of the vertex
     */
    public SourceNode(SourceOp op, Optional<Platform> platform, VertexMetadata metadata) {
        super(metadata);
        this.op = requireNonNull(op, "op is null");
        this.platform = requireNonNull(platform, "platform is null");
    }

    /** The source itself, for looking up its metadata. */
    public SourceOp op() {
        return op;
    }

    @Override
    List<Root> visited() {
        return List.of();
    }

    @Override
    Vertex build(Inputs inputs) {
        return Vertex.of(op, List.of(), platform, metadata());
    }
}
