package dev.slipway.parser.tree;

/**
 * {@code MAINTAINER}.
 *
 * @param statement how and where it was written
 * @param author the rest of the line
 */
public record Maintainer(Statement statement, String author) implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitMaintainer(this);
    }
}
