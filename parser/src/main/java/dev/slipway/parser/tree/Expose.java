package dev.slipway.parser.tree;

import java.util.List;

/**
 * {@code EXPOSE}.
 *
 * @param statement how and where it was written
 * @param ports the words, sorted by their bytes as BuildKit sorts them before expansion
 */
public record Expose(Statement statement, List<String> ports) implements Instruction {

    public Expose {
        ports = List.copyOf(ports);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitExpose(this);
    }
}
