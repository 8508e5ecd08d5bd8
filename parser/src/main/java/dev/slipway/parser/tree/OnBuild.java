package dev.slipway.parser.tree;

/**
 * {@code ONBUILD}.
 *
 * @param statement how and where it was written
 * @param expression the instruction as stored in the image config, heredoc bodies included; {@code
 *     DockerfileParser.parseTrigger} reads it
 */
public record OnBuild(Statement statement, String expression) implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitOnBuild(this);
    }
}
