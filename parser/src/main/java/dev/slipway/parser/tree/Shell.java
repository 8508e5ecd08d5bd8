package dev.slipway.parser.tree;

import java.util.List;

/**
 * {@code SHELL}.
 *
 * @param statement how and where it was written
 * @param arguments at least one
 */
public record Shell(Statement statement, List<String> arguments) implements Instruction {

    public Shell {
        arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitShell(this);
    }
}
