package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * File operations that need no process, done one after the other.
 *
 * @param actions at least one
 */
public record FileOp(List<FileAction> actions) implements Op {

    public FileOp {
        actions = List.copyOf(requireNonNull(actions, "actions is null"));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitFile(this);
    }
}
