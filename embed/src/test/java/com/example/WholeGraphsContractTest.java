package com.example;

import dev.slipway.executor.ExecutorProvider;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.testkit.GraphExecutorContract;
import java.nio.file.Path;

class WholeGraphsContractTest extends GraphExecutorContract {

    @Override
    protected GraphExecutor open(Path home) {
        ExecutorSettings settings = ExecutorSettings.of(home);
        return new WholeGraphs((VertexExecutor) ExecutorProvider.named("local").open(settings));
    }
}
