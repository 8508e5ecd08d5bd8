package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.progress.Progress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that nobody waits for, and builds that may take so long and no longer. */
@Tag("end-to-end")
@Timeout(300)
class BackgroundBuildTest {

    @TempDir
    private Path folder;

    private Slipway slipway;
    private ServerSocket silent;
    private BuildRequest endless;

    @BeforeEach
    void open() throws Exception {
        slipway = Slipway.open(folder.resolve("home"));
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        endless = request("FROM scratch\nADD http://127.0.0.1:" + silent.getLocalPort() + "/file /\n")
                .output(Output.ociArchive(folder.resolve("out.tar")));
    }

    @AfterEach
    void close() throws Exception {
        slipway.close();
        silent.close();
        assertThat(folder.resolve("out.tar")).doesNotExist();
    }

    private static BuildRequest request(String dockerfile) {
        return BuildRequest.ofFiles(Map.of()).dockerfileText(dockerfile).platforms("linux/amd64");
    }

    @Test
    void aBuildInTheBackgroundHasAResult() throws Exception {
        CompletableFuture<BuildResult> build = slipway.buildAsync(request("FROM scratch\nCOPY <<E /file\nx\nE\n"));
        assertThat(build.get(120, TimeUnit.SECONDS).images()).hasSize(1);
    }

    @Test
    void itsFailureIsABuildException() {
        CompletableFuture<BuildResult> build = slipway.buildAsync(request("FROM scratch\nCOPY none /\n"));
        assertThatThrownBy(() -> build.orTimeout(120, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(BuildException.class);
    }

    @Test
    void cancellingStopsTheBuildAndWaitsForNothing() throws Exception {
        CompletableFuture<BuildResult> build = slipway.buildAsync(endless);
        try (Socket asked = silent.accept()) {
            assertThat(build.cancel(true)).isTrue();
            assertThatThrownBy(build::join).isInstanceOf(CancellationException.class);
            awaitHangUp(asked);
        }
    }

    @Test
    void aTimeoutOfTheFutureStopsTheBuild() throws Exception {
        CompletableFuture<BuildResult> build = slipway.buildAsync(endless);
        try (Socket asked = silent.accept()) {
            build.orTimeout(1, TimeUnit.MILLISECONDS);
            assertThatThrownBy(build::join).hasCauseInstanceOf(TimeoutException.class);
            awaitHangUp(asked);
        }
    }

    @Test
    void cancellingDoesNotWaitForAListener() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Progress slow = event -> {
            heard.countDown();
            boolean waits = true;
            while (waits) {
                try {
                    goOn.await();
                    waits = false;
                } catch (InterruptedException e) {
                    // It does not care.
                }
            }
        };
        CompletableFuture<BuildResult> build =
                slipway.buildAsync(request("FROM scratch\nCOPY <<E /file\nx\nE\n"), slow);
        heard.await();
        build.cancel(true);
        assertThat(build).isCancelled();
        goOn.countDown();
    }

    @Test
    void closingEndsIt() throws Exception {
        CompletableFuture<BuildResult> build = slipway.buildAsync(endless);
        CompletableFuture<BuildResult> other = slipway.buildAsync(endless, event -> {});
        Socket asked = silent.accept();
        slipway.close();
        asked.close();
        for (CompletableFuture<BuildResult> ended : List.of(build, other)) {
            assertThatThrownBy(() -> ended.get(120, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(BuildException.class)
                    .hasMessage("Slipway was closed while this was running");
        }
        assertThatThrownBy(() -> slipway.buildAsync(endless)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingEndsABuildThatHasHardlyBegun() {
        for (int i = 0; i < 20; i++) {
            Slipway brief = Slipway.open(folder.resolve("home"));
            CompletableFuture<BuildResult> build = brief.buildAsync(endless);
            brief.close();
            assertThatThrownBy(() -> build.get(120, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(BuildException.class)
                    .hasMessage("Slipway was closed while this was running");
        }
    }

    /** Where a machine is slow, it takes a longer timeout for the step to have begun. */
    @Test
    void aBuildThatTakesTooLongSaysWhatItWasAt() {
        for (int seconds = 1; seconds < 60; seconds += 3) {
            Duration limit = Duration.ofSeconds(seconds);
            List<BuildEvent> events = new ArrayList<>();
            Throwable failure = catchThrowable(() -> slipway.build(endless.timeout(limit), events::add));
            assertThat(events)
                    .last()
                    .as("the last event says what the caller hears")
                    .isInstanceOfSatisfying(
                            BuildEvent.Completed.class,
                            completed -> assertThat(completed.failure()).hasValue(failure.getMessage()));
            String took = "the build took longer than its timeout of " + seconds + "s";
            assertThat(failure).isInstanceOf(BuildException.class).hasMessageStartingWith(took);
            assertThat(((BuildException) failure).kind()).isEqualTo(BuildException.Kind.STOPPED);
            assertThat(Thread.interrupted()).isFalse();
            if (failure.getMessage().startsWith(took + ": the build was interrupted at linux/amd64: [1/1] ADD http")) {
                return;
            }
        }
        fail("no step had begun");
    }

    @Test
    void aBuildInTheBackgroundMayTakeTooLongAsWell() {
        assertThatThrownBy(() -> slipway.buildAsync(endless.timeout(Duration.ofMillis(1)))
                        .join())
                .cause()
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("the build took longer than its timeout of 0.001s");
    }

    @Test
    void aBuildThatIsQuickEnoughDoesNotMind() throws Exception {
        BuildRequest quick = request("FROM scratch\nCOPY <<E /file\nx\nE\n");
        assertThat(slipway.build(quick.timeout(Duration.ofHours(1))).images()).hasSize(1);
        assertThat(slipway.build(quick.timeout(Duration.ofSeconds(Long.MAX_VALUE)))
                        .images())
                .hasSize(1);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** The step is over when its connection is. */
    private static void awaitHangUp(Socket asked) throws Exception {
        asked.setSoTimeout(120_000);
        while (asked.getInputStream().read() >= 0) {
            // What it asked for.
        }
    }
}
