package com.example;

import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.testkit.VertexExecutorContract;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;

class LoggingExecutorContractTest extends VertexExecutorContract {

    private static final Logger LOG = Logger.getLogger("steps");

    @BeforeAll
    static void keepTheReportShort() {
        LOG.setUseParentHandlers(false);
    }

    @Override
    protected VertexExecutor open(Path home) {
        return new LoggingExecutor.Provider().open(ExecutorSettings.of(home));
    }
}
