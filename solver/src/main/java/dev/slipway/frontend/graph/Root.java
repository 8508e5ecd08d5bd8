package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.SourceOp;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The root that an instruction leaves behind: the first output of a node, or {@link #SCRATCH}, an empty root that needs no
 * node. Compared by identity.
 */
public final class Root {

    /** The empty root. */
    public static final Root SCRATCH = new Root(null, null);

    private @Nullable GraphNode node;
    private @Nullable Supplier<Root> later;

    private Root(@Nullable GraphNode node, @Nullable Supplier<Root> later) {
        this.node = node;
        this.later = later;
    }

    /** The output of this node. */
    public static Root of(GraphNode node) {
        return new Root(requireNonNull(node, "node is null"), null);
    }

    /**
     * An output that is known only when the graph is marshalled, such as a context whose wanted paths are still being
     * collected.
     *
     * @param output asked once; never the empty root
     */
    public static Root lazily(Supplier<Root> output) {
        return new Root(null, requireNonNull(output, "output is null"));
    }

    /** The source that this output comes from, if it is a source. Call this only when the whole file has been converted. */
    public Optional<SourceOp> source() {
        return node().map(present -> present instanceof SourceNode source ? source.op() : null);
    }

    /** Whether this is the empty root. */
    public boolean isScratch() {
        return this == SCRATCH;
    }

    /** The node behind this output; none for the empty root. Call this only when the whole file has been converted. */
    Optional<GraphNode> node() {
        if (later != null) {
            node = later.get().node().orElseThrow();
            later = null;
        }
        return Optional.ofNullable(node);
    }
}
