package dev.slipway.llb;

/**
 * What turns one root into another, as layers of its own.
 *
 * @param lower position of the root to start from, or {@link Op#NONE}
 * @param upper position of the root to arrive at, or {@link Op#NONE}
 */
public record DiffOp(int lower, int upper) implements Op {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitDiff(this);
    }
}
