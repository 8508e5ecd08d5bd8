package dev.slipway.parser.tree;

import java.util.List;
import java.util.Optional;

/**
 * {@code ARG}.
 *
 * @param statement how and where it was written
 * @param variables what it declares, in order, at least one
 */
public record Arg(Statement statement, List<Variable> variables) implements Instruction {

    public Arg {
        variables = List.copyOf(variables);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitArg(this);
    }

    /**
     * One declared variable.
     *
     * @param name as written; never expanded
     * @param defaultValue as written, quotes included
     */
    public record Variable(String name, Optional<String> defaultValue) {}
}
