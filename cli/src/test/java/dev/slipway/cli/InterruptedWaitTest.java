package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that waits for something else than a process of its own ends as soon when it is interrupted. */
@Tag("end-to-end")
@Timeout(120)
class InterruptedWaitTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");

    private static final Duration LIMIT = Duration.ofSeconds(2);

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
                    Thread.sleep(50);
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegun"
                                    .getBytes(StandardCharsets.US_ASCII));
                    asked.countDown();
                }
            } catch (IOException | InterruptedException e) {
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
            interrupt(slipway, BuildRequest.of(context(dockerfile)), () -> asked.await(30, TimeUnit.SECONDS));
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
        assertThat(asked.await(60, TimeUnit.SECONDS))
                .as(Files.readString(folder.resolve("err")))
                .isTrue();
        List<ProcessHandle> helpers = command.descendants().toList();
        command.destroy();

        assertThat(command.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThat(folder.resolve("err")).content().startsWith("ERROR: interrupted");
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
        while (!Files.readString(folder.resolve("err")).contains("#2 DONE")) {
            assertThat(command.isAlive())
                    .as(Files.readString(folder.resolve("err")))
                    .isTrue();
            Thread.sleep(20);
        }
        Thread.sleep(500);
        assertThat(command.isAlive()).isTrue();
        command.destroy();

        assertThat(command.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertThat(folder.resolve("err")).content().endsWith("ERROR: interrupted\n");
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void aCallThatWaitsForTheCacheOfAnotherProcessEnds() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        String image = "oci-layout://" + ALPINE;
        Path context = context("FROM alpine\nARG WHO\n"
                + "RUN --mount=type=cache,sharing=locked,target=/c echo $WHO > /c/who; echo begun; sleep 30\n");
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
            while (!other.output().contains(" begun\n")) {
                assertThat(other.isAlive()).as(other.output()).isTrue();
                Thread.sleep(20);
            }
            BuildRequest request =
                    BuildRequest.of(context).buildContext("alpine", image).buildArg("WHO", "this");
            interrupt(slipway, request, () -> {
                Thread.sleep(500);
                return true;
            });
        } finally {
            other.kill();
        }
    }

    private interface Begun {
        boolean await() throws InterruptedException;
    }

    private void interrupt(Slipway slipway, BuildRequest request, Begun begun) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                slipway.build(request, Progress.none());
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        caller.start();
        assertThat(begun.await()).as(() -> "it has begun: " + thrown.get()).isTrue();
        assertThat(caller.isAlive()).as(() -> "it waits: " + thrown.get()).isTrue();
        caller.interrupt();
        caller.join(LIMIT.toMillis());

        assertThat(caller.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    private static void assertNothingRuns(ProcessHandle process) throws InterruptedException {
        awaitEnd(process.descendants()
                .filter(child -> child.info().command().orElse("").contains("git"))
                .toList());
    }

    private static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
        long start = System.nanoTime();
        while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
            Thread.sleep(10);
        }
    }
}
