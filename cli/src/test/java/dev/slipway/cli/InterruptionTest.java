package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.llb.Platform;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that is interrupted, in whatever way, stops its processes, long before they would have ended, and leaves nothing mounted. */
@Tag("end-to-end")
@Timeout(300)
class InterruptionTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    /** How long the step's processes sleep: longer than any test may take. No other process of the machine has this argument. */
    private static final String SECONDS = "48" + ProcessHandle.current().pid();

    private static final String STOPPED = "the build was interrupted at Dockerfile:2: for PLATFORM: [1/2] RUN sleep 48";

    /** Two that the step waits for, and a daemon: it has a session of its own, and its parent has ended. */
    private static final int STEPS = 3;

    private static final String ADVICE =
            "; if a time limit has ended it, raise the limit: what was done by then is not done again";

    @TempDir
    private Path folder;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        context = Files.createDirectory(folder.resolve("context"));
        String sleep = "sleep " + SECONDS;
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM alpine\nRUN " + sleep + " & sh -c '" + sleep + "; true' & (setsid " + sleep + " &) & wait\n");
    }

    @ParameterizedTest
    @CsvSource({
        "built-in, INT, linux/amd64",
        "built-in, TERM, linux/arm64",
        "built-in, HUP, linux/amd64",
        "crun, TERM, linux/amd64",
        "runc, INT, linux/arm64",
        "proot, INT, linux/amd64",
        "proot, TERM, linux/arm64",
        "rootless, TERM, linux/amd64"
    })
    void aSignalEndsTheCommandAndItsSteps(String sandbox, String signal, String platform) throws Exception {
        Path home = folder.resolve("home");
        Path out = Files.createDirectory(folder.resolve("out"));
        Process command = SlipwayProcess.start(
                home,
                folder.resolve("err"),
                "build",
                "--sandbox",
                sandbox,
                "--platform",
                platform,
                "--build-context",
                "alpine=oci-layout://" + ALPINE,
                "--output",
                out.toString(),
                context.toString());
        awaitSteps(command::isAlive, () -> Files.readString(folder.resolve("err")));
        new ProcessBuilder("kill", "-" + signal, Long.toString(command.pid()))
                .start()
                .waitFor();

        assertThat(command.waitFor()).isNotZero();
        assertThat(folder.resolve("err"))
                .content()
                .contains("ERROR: " + STOPPED.replace("PLATFORM", platform))
                .endsWith(ADVICE + "\n");
        awaitNoSteps();
        assertNothingIsLeft(home, out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc", "proot", "rootless"})
    void anInterruptedCallEndsItsSteps(String sandbox) throws Exception {
        Path home = folder.resolve("home");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (Slipway slipway = Slipway.open(home, Map.of("sandbox", sandbox))) {
            BuildRequest request = BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
            Thread caller = new Thread(() -> {
                try {
                    slipway.build(request, Progress.none());
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            caller.start();
            awaitSteps(caller::isAlive, () -> String.valueOf(thrown.get()));
            caller.interrupt();
            caller.join();

            assertThat(thrown.get())
                    .isInstanceOf(InterruptedException.class)
                    .hasMessageStartingWith(
                            STOPPED.replace("PLATFORM", Platform.host().format()))
                    .hasMessageEndingWith(ADVICE);
            awaitNoSteps();
        }
        assertNothingIsLeft(home, Files.createDirectory(folder.resolve("out")));
    }

    private interface Text {
        String read() throws IOException;
    }

    private interface Condition {
        boolean holds();
    }

    private static void awaitSteps(Condition runs, Text otherwise) throws Exception {
        while (steps().size() < STEPS) {
            assertThat(runs.holds()).as(otherwise.read()).isTrue();
            Thread.sleep(20);
        }
    }

    private static void awaitNoSteps() throws Exception {
        while (!steps().isEmpty()) {
            Thread.sleep(10);
        }
    }

    private static void assertNothingIsLeft(Path home, Path out) throws IOException {
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(home.toString());
        assertThat(out).isEmptyDirectory();
    }

    private static List<Path> steps() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> {
                        try {
                            return Files.readString(process.resolve("cmdline")).contains("\0" + SECONDS + "\0");
                        } catch (IOException e) {
                            return false; // No process, or one that has just ended.
                        }
                    })
                    .toList();
        }
    }
}
