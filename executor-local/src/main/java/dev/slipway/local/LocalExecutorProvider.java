package dev.slipway.local;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;

/**
 * Opens the local executor.
 *
 * <p>Options: {@code sandbox}, the name of the sandbox that runs processes; without it, the best one that can be used.
 */
public final class LocalExecutorProvider implements ExecutorProvider {

    @Override
    public String name() {
        return LocalExecutor.NAME;
    }

    @Override
    public LocalExecutor open(ExecutorSettings settings) {
        for (String option : settings.options().keySet()) {
            if (!option.equals(LocalExecutor.SANDBOX)) {
                throw new ExecutorException(
                        "the local executor has no option " + option + "; it has " + LocalExecutor.SANDBOX);
            }
        }
        return LocalExecutor.open(settings);
    }
}
