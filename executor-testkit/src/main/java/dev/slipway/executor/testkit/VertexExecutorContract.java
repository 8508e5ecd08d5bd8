package dev.slipway.executor.testkit;

import dev.slipway.executor.VertexExecutor;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/**
 * A test for each promise of a {@link VertexExecutor}. Say how yours is opened:
 *
 * <pre>{@code
 * class LoggingExecutorContractTest extends VertexExecutorContract {
 *     @Override
 *     protected VertexExecutor open(Path home) {
 *         return new LoggingExecutor.Provider().open(ExecutorSettings.of(home));
 *     }
 * }
 * }</pre>
 *
 * <p>An executor that implements only a part extends the contracts of that part.
 */
public abstract class VertexExecutorContract extends BuildExecutorContract {

    /** For subclasses. */
    protected VertexExecutorContract() {}

    @Override
    protected abstract VertexExecutor open(Path home) throws Exception;

    /**
     * A folder that is an OCI layout with an image {@code latest} for this machine, which has {@code /bin/sh} and {@code sleep}.
     * Without one, the tests of steps with processes are skipped.
     *
     * @param folder an empty folder in which it may be made
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
