package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Lays the layers of several roots over each other, later ones on top, without looking at their files.
 *
 * @param inputs positions of the roots, lowest first; {@link Op#NONE} for an empty one
 */
public record MergeOp(List<Integer> inputs) implements Op {

    public MergeOp {
        inputs = List.copyOf(requireNonNull(inputs, "inputs is null"));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitMerge(this);
    }
}
