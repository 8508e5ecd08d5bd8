package dev.slipway.frontend.graph;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** File operations on one root, each on the result of the one before. */
public final class FileNode extends GraphNode {

    private final Root base;
    private final List<Step> steps;

    private FileNode(Root base, List<Step> steps, VertexMetadata metadata) {
        super(metadata);
        this.base = requireNonNull(base, "base is null");
        this.steps = List.copyOf(steps);
    }

    /**
     * The root after the operations.
     *
     * @param base the root that is changed
     * @param steps what is done, at least one
     * @param metadata to which the capability is added
     */
    public static Root of(Root base, List<Step> steps, Metadata metadata) {
        return Root.of(
                new FileNode(base, steps, metadata.capability("file.base").build()));
    }

    /**
     * One operation.
     *
     * @param source what it reads; the empty root if it reads nothing
     * @param command what it does; names of users refer to {@link #userInput}
     */
    public record Step(Root source, FileAction.Command command) {}

    /** The position of the root that is changed. Names of users are looked up there. */
    public static int userInput(Root base) {
        return base.isScratch() ? Op.NONE : 0;
    }

    @Override
    List<Root> visited() {
        List<Root> order = new ArrayList<>(steps.size() + 1);
        order.add(base);
        for (int i = steps.size() - 1; i >= 0; i--) {
            order.add(steps.get(i).source());
        }
        return order;
    }

    @Override
    Vertex build(Inputs inputs) {
        int first = inputs.position(base);
        int[] sources = new int[steps.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = inputs.position(steps.get(i).source());
        }
        int inputCount = inputs.edges().size();
        List<FileAction> actions = new ArrayList<>(sources.length);
        for (int i = 0; i < sources.length; i++) {
            int input = i == 0 ? first : inputCount + i - 1;
            int output = i == sources.length - 1 ? 0 : Op.NONE;
            actions.add(new FileAction(input, sources[i], output, steps.get(i).command()));
        }
        return Vertex.of(new FileOp(actions), inputs.edges(), Optional.empty(), metadata());
    }
}
