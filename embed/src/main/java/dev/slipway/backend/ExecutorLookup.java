package dev.slipway.backend;

import dev.slipway.caller.RefusedException;
import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.text.Reason;
import java.util.List;

/** Finds executors by their names, whoever made them. */
public final class ExecutorLookup {

    /** The name of the executor that runs builds on this machine. */
    public static final String LOCAL = "local";

    private ExecutorLookup() {}

    /**
     * Opens an executor.
     *
     * @throws RefusedException if there is none of this name
     * @throws ExecutorException if it cannot be opened
     */
    public static BuildExecutor open(String name, ExecutorSettings settings) {
        return provider(name).open(settings);
    }

    private static ExecutorProvider provider(String name) {
        try {
            return ExecutorProvider.named(name);
        } catch (ExecutorException e) {
            throw new RefusedException(Reason.of(e), List.of(), e.getCause());
        }
    }
}
