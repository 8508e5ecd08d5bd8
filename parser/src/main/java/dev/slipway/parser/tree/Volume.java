package dev.slipway.parser.tree;

import java.util.List;

/**
 * {@code VOLUME}.
 *
 * @param statement how and where it was written
 * @param paths trimmed, none empty, in order, at least one
 */
public record Volume(Statement statement, List<String> paths) implements Instruction {

    public Volume {
        paths = List.copyOf(paths);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitVolume(this);
    }
}
