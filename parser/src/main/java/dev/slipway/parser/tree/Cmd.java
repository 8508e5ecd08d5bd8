package dev.slipway.parser.tree;

/**
 * {@code CMD}.
 *
 * @param statement how and where it was written
 * @param command the command line
 */
public record Cmd(Statement statement, CommandLine command) implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCmd(this);
    }
}
