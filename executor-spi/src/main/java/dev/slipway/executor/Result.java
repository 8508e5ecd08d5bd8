package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A root file system that an executor keeps. Only that executor understands its id; equal ids mean equal results.
 *
 * @param id the executor's name for it
 */
public record Result(String id) {

    /** The empty root, the same for every executor. */
    public static final Result EMPTY = new Result("");

    public Result {
        requireNonNull(id, "id is null");
    }

    // Not left to the compiler: what it makes is linked at run time, which delays each start of the command.

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof Result result && id.equals(result.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
