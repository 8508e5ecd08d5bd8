package dev.slipway.local;

import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;

/** Opens the local executor, with the options that {@link LocalOptions} knows. */
public final class LocalExecutorProvider implements ExecutorProvider {

    @Override
    public String name() {
        return LocalExecutor.NAME;
    }

    @Override
    public LocalExecutor open(ExecutorSettings settings) {
        return LocalExecutor.open(settings);
    }
}
