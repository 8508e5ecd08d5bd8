package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.SourceOp;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The root that an instruction leaves behind: the first output of a node, or {@link #SCRATCH}, an empty root that needs no
 * node. Compared by identity.
 */
public final class Output {

    /** The empty root. */
    public static final Output SCRATCH = new Output(null, null);

    private Node node;
    private Supplier<Output> later;

    private Output(Node node, Supplier<Output> later) {
        this.node = node;
        this.later = later;
    }

    /** The output of this node. */
    public static Output of(Node node) {
        return new Output(requireNonNull(node, "node is null"), null);
    }

    /**
     * An output that is known only when the graph is marshalled, such as a context whose wanted paths are still being
     * collected.
     *
     * @param output asked once; never the empty root
     */
    public static Output lazily(Supplier<Output> output) {
        return new Output(null, requireNonNull(output, "output is null"));
    }

    /** The source that this output is, if it is one. To be asked only when the whole file has been converted. */
    public Optional<SourceOp> source() {
        return node().map(present -> present instanceof SourceNode source ? source.op() : null);
    }

    /** Whether this is the empty root. */
    public boolean isScratch() {
        return this == SCRATCH;
    }

    /** The node behind this output; none for the empty root. To be asked only when the whole file has been converted. */
    Optional<Node> node() {
        if (later != null) {
            node = later.get().node().orElseThrow();
            later = null;
        }
        return Optional.ofNullable(node);
    }
}
