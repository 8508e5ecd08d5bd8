package dev.slipway.executor.testkit;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts share: an executor on a folder of its own, and folders that a client offers. */
abstract class ContractFixture {

    /** The name by which the tests offer and use a local folder. */
    static final String CONTEXT = "context";

    @TempDir
    private Path folder;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /**
     * Opens the executor to test. The test closes it.
     *
     * @param home a folder for everything that outlives a build; it does not exist yet. A test that opens two executors on the same
     *     folder expects the second to know what the first has kept
     */
    protected abstract BuildExecutor open(Path home) throws Exception;

    /** The folder in which the executor of this test keeps what outlives a build. */
    final Path home() {
        return folder.resolve("home");
    }

    /** Has something closed when the test has ended, the last first. */
    final <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    /** A new empty folder, as a client has it. */
    final Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "folder-");
    }

    /** Writes a file, with the folders that lead to it. */
    static void write(Path folder, String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** A session that offers one folder. */
    static BuildSession offering(Path context) {
        return BuildSession.of(Map.of(CONTEXT, context), Map.of());
    }

    @AfterEach
    final void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }
}
