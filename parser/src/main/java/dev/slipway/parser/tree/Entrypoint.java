package dev.slipway.parser.tree;

/**
 * {@code ENTRYPOINT}.
 *
 * @param statement how and where it was written
 * @param command the command line
 */
public record Entrypoint(Statement statement, CommandLine command) implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitEntrypoint(this);
    }
}
