package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.ExecutorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor that is not part of Slipway, found by its name. */
class LoggingExecutorTest {

    private static final Logger LOG = Logger.getLogger("steps");

    @TempDir
    private Path folder;

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void eachStepThatRunsIsLogged() throws Exception {
        Path context = context();
        Path home = folder.resolve("home");
        try (Slipway slipway = Slipway.open("logging", ExecutorSettings.of(home))) {
            BuildResult result = slipway.build(BuildRequest.of(context));
            assertThat(result.images().get(0).readFile("/a")).hasValue(new byte[] {'1'});
        }
        assertThat(logged)
                .anyMatch(line -> line.startsWith("run [1/1] COPY a /"))
                .anyMatch(line -> line.contains("load build context"));
    }

    @Test
    void aStepFromTheCacheIsNotRun() throws Exception {
        Path context = context();
        try (Slipway slipway = Slipway.open("logging", ExecutorSettings.of(folder.resolve("home")))) {
            slipway.build(BuildRequest.of(context));
            logged.clear();
            slipway.build(BuildRequest.of(context));
        }
        assertThat(logged).noneMatch(line -> line.contains("COPY"));
    }

    @Test
    void anOptionThatNobodyKnowsIsRefused() {
        ExecutorSettings settings = new ExecutorSettings(folder.resolve("home"), new TreeMap<>(Map.of("unknown", "1")));
        assertThatThrownBy(() -> Slipway.open("logging", settings))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("has no option unknown");
    }

    private Path context() throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY a /\n");
        Files.writeString(context.resolve("a"), "1");
        return context;
    }
}
