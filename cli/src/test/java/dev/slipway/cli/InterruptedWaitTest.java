package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that waits for something else than a process of its own ends when it is interrupted, though it waits in vain. */
@Tag("end-to-end")
@Timeout(300)
class InterruptedWaitTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    private static final String FILE = "FROM scratch\nADD http://SERVER/file /\n";
    private static final String REPOSITORY = "FROM scratch\nADD http://SERVER/repository.git /\n";
    private static final String IMAGE = "FROM SERVER/image\nCOPY Dockerfile /\n";

    @TempDir
    private Path folder;

    private ServerSocket server;
    private final CountDownLatch asked = new CountDownLatch(1);

    /** Begins to answer, and goes no further. */
    @BeforeEach
    void startServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegun"
                                    .getBytes(StandardCharsets.US_ASCII));
                    asked.countDown();
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private Path context(String dockerfile) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(
                context.resolve("Dockerfile"), dockerfile.replace("SERVER", "localhost:" + server.getLocalPort()));
        return context;
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, REPOSITORY, IMAGE})
    void aCallThatWaitsForAServerEnds(String dockerfile) throws Exception {
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            interrupt(slipway, BuildRequest.of(context(dockerfile)), this::isAsked);
        }
        assertNothingRuns(ProcessHandle.current());
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, REPOSITORY, IMAGE})
    void aCommandThatWaitsForAServerEnds(String dockerfile) throws Exception {
        Process command = SlipwayProcess.start(
                folder.resolve("home"),
                folder.resolve("err"),
                "build",
                context(dockerfile).toString());
        await(this::isAsked, command::isAlive, this::said);
        List<ProcessHandle> helpers = command.descendants().toList();
        command.destroy();

        command.waitFor();
        assertThat(folder.resolve("err")).content().containsPattern("(?m)^ERROR: (the build was )?interrupted");
        awaitEnd(helpers);
    }

    @Test
    void aCommandThatCompressesEndsAndLeavesNoOutput() throws Exception {
        Path context = context("FROM scratch\nCOPY large /\n");
        byte[] large = new byte[48 << 20];
        new Random(1).nextBytes(large);
        Files.write(context.resolve("large"), large);
        Path out = Files.createDirectory(folder.resolve("out"));
        Process command = SlipwayProcess.start(
                folder.resolve("home"),
                folder.resolve("err"),
                "build",
                "--progress=plain",
                "--output",
                "type=oci,compression=zstd,compression-level=18,dest=" + out.resolve("image.tar"),
                context.toString());
        await(() -> said().contains("#2 DONE") && isWriting(), command::isAlive, this::said);
        command.destroy();

        command.waitFor();
        assertThat(folder.resolve("err")).content().endsWith("ERROR: interrupted\n");
        assertThat(out).isEmptyDirectory();
    }

    /** Whether a blob is being written to the store. */
    private boolean isWriting() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("home/v1/temp"))) {
            return files.anyMatch(
                    file -> Files.isRegularFile(file) && file.toFile().length() > 1 << 16);
        } catch (UncheckedIOException e) {
            return false; // Something went while it was looked at.
        }
    }

    @Test
    void aCallThatWaitsForTheCacheOfAnotherProcessEnds() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        String image = "oci-layout://" + ALPINE;
        Path context = context("FROM alpine\nARG WHO\n"
                + "RUN --mount=type=cache,sharing=locked,target=/c echo $WHO > /c/who; echo begun; sleep 3000\n");
        Background other = Background.start(
                folder.resolve("home"),
                "build",
                "--progress=plain",
                "--build-context",
                "alpine=" + image,
                "--build-arg",
                "WHO=other",
                context.toString());
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            await(() -> other.output().contains(" begun\n"), other::isAlive, other::output);
            BuildRequest request =
                    BuildRequest.of(context).buildContext("alpine", image).buildArg("WHO", "this");
            interrupt(slipway, request, InterruptedWaitTest::waitsForALock);
        } finally {
            other.kill();
        }
    }

    /** The kernel lists who waits for a lock below the lock, with an arrow. */
    private static boolean waitsForALock() throws IOException {
        String waits = "-> .* " + ProcessHandle.current().pid() + " .*";
        return Files.readAllLines(Path.of("/proc/locks")).stream().anyMatch(line -> line.matches("\\d+: +" + waits));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private interface Text {
        String read() throws IOException;
    }

    private boolean isAsked() {
        return asked.getCount() == 0;
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private static void await(Condition condition, Condition lives, Text otherwise) throws Exception {
        while (!condition.holds()) {
            assertThat(lives.holds()).as(otherwise.read()).isTrue();
            Thread.sleep(20);
        }
    }

    private void interrupt(Slipway slipway, BuildRequest request, Condition begun) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                slipway.build(request, Progress.none());
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        caller.start();
        await(begun, caller::isAlive, () -> String.valueOf(thrown.get()));
        assertThat(caller.isAlive()).as(() -> "it waits: " + thrown.get()).isTrue();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    private static void assertNothingRuns(ProcessHandle process) throws InterruptedException {
        awaitEnd(process.descendants()
                .filter(child -> child.info().command().orElse("").contains("git"))
                .toList());
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            Thread.sleep(10);
        }
    }
}
