package dev.slipway.local;

import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.testkit.VertexExecutorContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class LocalExecutorContractTest extends VertexExecutorContract {

    @Override
    protected VertexExecutor open(Path home) {
        return LocalExecutor.open(ExecutorSettings.of(home));
    }

    @Override
    protected Optional<Path> imageWithShell(Path folder) throws Exception {
        if (!Files.exists(TestImage.BUSYBOX)) {
            return Optional.empty();
        }
        TestImage.busybox().write(folder);
        return Optional.of(folder);
    }
}
