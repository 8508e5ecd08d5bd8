package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import dev.slipway.Slipway;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import dev.slipway.progress.ProgressEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the caller's own code throws reaches the caller as the cause of one type. */
@Tag("end-to-end")
@Timeout(600)
class CallerCodeTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    private static final String MOUNT = "FROM alpine\nRUN --mount=type=secret,id=token cat /run/secrets/token\n";

    @TempDir
    private Path folder;

    private Slipway slipway;

    @BeforeEach
    void open() {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        slipway = Slipway.open(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    private BuildRequest request(String dockerfile) {
        return BuildRequest.of(folder)
                .dockerfileText(dockerfile)
                .platforms("linux/amd64")
                .buildContext("alpine", ALPINE)
                .output(Output.localDirectory(folder.resolve("out")));
    }

    @Test
    void whatASourceOfASecretThrows() {
        IllegalStateException vault = new IllegalStateException("the vault is sealed");
        SecretSource source = () -> {
            throw vault;
        };
        assertThatThrownBy(() -> slipway.build(request(MOUNT).secret("token", source), Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("cannot read the secret token: the vault is sealed")
                .hasCause(vault);
        assertThatThrownBy(() -> slipway.build(request(MOUNT).secret("token", () -> null), Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("cannot read the secret token: its source gave nothing")
                .hasCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void whatASourceOfASecretSaysForTheUser() {
        SecretSource source = () -> {
            throw new ExecutorException("log in to the vault first");
        };
        assertThatThrownBy(() -> slipway.build(request(MOUNT).secret("token", source), Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessageEndingWith("log in to the vault first");
    }

    @Test
    void whatAListenerThrowsStopsTheBuild() {
        IllegalStateException full = new IllegalStateException("the log is full");
        Progress failing = event -> {
            if (event instanceof ProgressEvent.Log) {
                throw full;
            }
        };
        // The step ends only when it is stopped.
        BuildRequest request = request("FROM alpine\nRUN echo begun; while true; do sleep 1; done\n");
        assertThatThrownBy(() -> slipway.build(request, failing))
                .isInstanceOf(BuildException.class)
                .hasMessage("the progress listener failed: the log is full")
                .hasCause(full);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anErrorOfAListenerIsNoOther() {
        AssertionError error = new AssertionError("not what the test wanted");
        Progress failing = event -> {
            throw error;
        };
        assertThatThrownBy(() -> slipway.build(request("FROM alpine\nCOPY --from=alpine /bin /b\n"), failing))
                .isInstanceOf(BuildException.class)
                .hasCause(error);
    }
}
