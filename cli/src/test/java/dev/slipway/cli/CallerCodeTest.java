package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.SecretSource;
import dev.slipway.Slipway;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
                .hasMessageContaining("cannot read the secret token: its source returned nothing")
                .hasCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void whatASourceOfASecretThrowsOfOurTypes() {
        for (RuntimeException failure :
                List.of(new ExecutorException("log in first"), new BuildException("log in first"))) {
            SecretSource source = () -> {
                throw failure;
            };
            assertThatThrownBy(() -> slipway.build(request(MOUNT).secret("token", source), Progress.none()))
                    .isInstanceOf(BuildException.class)
                    .hasMessageEndingWith("cannot read the secret token: log in first")
                    .hasCause(failure);
        }
    }

    @Test
    void whatAStreamThatTakesAnOutputThrows() {
        for (String type : List.of("oci", "tar")) {
            for (Throwable failure :
                    List.of(new IOException("full"), new IllegalStateException("full"), new Error("full"))) {
                BuildRequest request = request("FROM alpine\n")
                        .output(new Output(
                                type, Optional.empty(), Optional.of(new FailingStream(failure)), new TreeMap<>()));
                assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                        .isInstanceOf(BuildException.class)
                        .hasMessage("cannot write the output type=" + type + ": full")
                        .hasCause(failure);
            }
        }
    }

    private static final class FailingStream extends OutputStream {

        private final Throwable failure;

        private FailingStream(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void write(int b) throws IOException {
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    @Test
    void whatAListenerThrowsDoesTheBuildNoHarmAndIsReported() throws Exception {
        IllegalStateException full = new IllegalStateException("the log is full");
        List<BuildEvent> heard = new ArrayList<>();
        Progress failing = event -> {
            heard.add(event);
            if (event instanceof BuildEvent.Log) {
                throw full;
            }
        };
        BuildResult result =
                slipway.build(request("FROM alpine\nRUN echo one; echo two > /two\nRUN echo three\n"), failing);

        assertThat(result.progressFailure()).containsSame(full);
        assertThat(folder.resolve("out/two")).hasContent("two");
        assertThat(heard)
                .as("it hears nothing after it failed")
                .filteredOn(BuildEvent.Log.class::isInstance)
                .hasSize(1);
    }

    @Test
    void anErrorOfAListenerIsKnownBesideWhatTheBuildFailedFor() {
        AssertionError error = new AssertionError("not what the test wanted");
        Progress failing = event -> {
            throw error;
        };
        assertThatThrownBy(() -> slipway.build(request("FROM alpine\nRUN exit 3\n"), failing))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("exit code: 3")
                .hasSuppressedException(error);
    }
}
