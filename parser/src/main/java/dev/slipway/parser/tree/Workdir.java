package dev.slipway.parser.tree;

/**
 * {@code WORKDIR}.
 *
 * @param statement how and where it was written
 * @param path the rest of the line
 */
public record Workdir(Statement statement, String path) implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitWorkdir(this);
    }
}
