package dev.slipway.parser.tree;

/**
 * {@code USER}.
 *
 * @param statement how and where it was written
 * @param user the rest of the line
 */
public record User(Statement statement, String user) implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitUser(this);
    }
}
