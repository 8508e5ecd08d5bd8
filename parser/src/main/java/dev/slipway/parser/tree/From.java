package dev.slipway.parser.tree;

/**
 * {@code FROM}: the start of a stage.
 *
 * @param statement how and where it was written
 * @param base the image or stage as written, variables unexpanded
 * @param platform the value of {@code --platform} as written; empty if absent
 * @param name the name after {@code AS} in lower case; empty if absent
 * @param writtenName the name after {@code AS} as written; empty if absent
 */
public record From(Statement statement, String base, String platform, String name, String writtenName)
        implements Instruction {

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitFrom(this);
    }
}
