package dev.slipway.executor.testkit;

import dev.slipway.executor.VertexExecutor;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/**
 * All that a {@link VertexExecutor} keeps to. Its author says how it is opened, and gets a test for each promise:
 *
 * <pre>{@code
 * class LoggingExecutorTest extends VertexExecutorContract {
 *     @Override
 *     protected VertexExecutor open(Path home) {
 *         return new LoggingExecutorProvider().open(ExecutorSettings.of(home));
 *     }
 * }
 * }</pre>
 *
 * <p>An executor that does only a part of it extends the contracts of that part.
 */
public abstract class VertexExecutorContract extends BuildExecutorContract {

    /** For those who extend it. */
    protected VertexExecutorContract() {}

    @Override
    protected abstract VertexExecutor open(Path home) throws Exception;

    /**
     * An OCI layout, a folder, that has an image {@code latest} for this machine with {@code /bin/sh} and {@code sleep} in it.
     * Unless there is one, steps with processes are not tried.
     *
     * @param folder where it may be made; the folder is there
     */
    protected Optional<Path> imageWithShell(Path folder) throws Exception {
        return Optional.empty();
    }

    @Nested
    class SourceKeys extends SourceKeyContract {
        @Override
        protected VertexExecutor open(Path home) throws Exception {
            return VertexExecutorContract.this.open(home);
        }
    }

    @Nested
    class Steps extends StepContract {
        @Override
        protected VertexExecutor open(Path home) throws Exception {
            return VertexExecutorContract.this.open(home);
        }
    }

    @Nested
    class Processes extends ProcessContract {
        @Override
        protected VertexExecutor open(Path home) throws Exception {
            return VertexExecutorContract.this.open(home);
        }

        @Override
        protected Optional<Path> imageWithShell(Path folder) throws Exception {
            return VertexExecutorContract.this.imageWithShell(folder);
        }
    }

    @Nested
    class Results extends ResultContract {
        @Override
        protected VertexExecutor open(Path home) throws Exception {
            return VertexExecutorContract.this.open(home);
        }
    }

    @Nested
    class Records extends RecordContract {
        @Override
        protected VertexExecutor open(Path home) throws Exception {
            return VertexExecutorContract.this.open(home);
        }
    }

    @Nested
    class Images extends BuiltImageContract {
        @Override
        protected VertexExecutor open(Path home) throws Exception {
            return VertexExecutorContract.this.open(home);
        }
    }
}
