package dev.slipway.parser.tree;

import java.util.List;

/**
 * {@code LABEL}.
 *
 * @param statement how and where it was written
 * @param pairs the labels in order, at least one
 */
public record Label(Statement statement, List<KeyValue> pairs) implements Instruction {

    public Label {
        pairs = List.copyOf(pairs);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitLabel(this);
    }
}
