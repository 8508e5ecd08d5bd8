package dev.slipway.parser.tree;

/**
 * {@code STOPSIGNAL}.
 *
 * @param statement how and where it was written
 * @param signal the rest of the line
 */
public record StopSignal(Statement statement, String signal) implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitStopSignal(this);
    }
}
