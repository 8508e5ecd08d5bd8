package dev.slipway.parser.tree;

import java.util.List;

/**
 * {@code ENV}.
 *
 * @param statement how and where it was written
 * @param pairs the variables in order, at least one
 */
public record Env(Statement statement, List<KeyValue> pairs) implements Instruction {

    public Env {
        pairs = List.copyOf(pairs);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitEnv(this);
    }
}
