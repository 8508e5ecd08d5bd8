package dev.slipway.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.progress.Progress;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The library at the ends of its life. */
@Tag("end-to-end")
@Timeout(600)
class ClosedSlipwayTest {

    private static final String CLOSED = "Slipway was closed while this was running";

    @TempDir
    private Path folder;

    private BuildRequest request;
    private Slipway slipway;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        request = BuildRequest.of(folder);
        slipway = Slipway.open(folder.resolve("home"));
    }

    @Test
    void aClosedOneBuildsNothing() throws Exception {
        slipway.build(request, Progress.none());
        slipway.close();
        assertThatCode(slipway::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this Slipway is closed; open another one");
        assertThatThrownBy(() -> slipway.plan(request)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slipway.check(request)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slipway.cacheEntries()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slipway.pruneCache(PruneRequest.EVERYTHING)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsToBePrunedHasToBeSaid() {
        try (Slipway open = slipway) {
            assertThatThrownBy(() -> open.pruneCache(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("request is null");
        }
    }

    @Test
    void aBuildWhoseListenerClosesItsSlipwayFails() {
        Progress closing = event -> slipway.close();
        assertThatThrownBy(() -> slipway.build(request, closing))
                .isInstanceOf(BuildException.class)
                .hasMessage(CLOSED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aBuildWhoseOutputClosesItsSlipwayFails() {
        OutputStream closing = new OutputStream() {
            @Override
            public void write(int b) {
                slipway.close();
            }
        };
        assertThatThrownBy(() -> slipway.build(request.output(Output.ociArchive(closing)), Progress.none()))
                .isInstanceOf(BuildException.class)
                .hasMessage(CLOSED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void everyBuildThatRunsIsStopped() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
            // Each address is asked by a thread of the pool, which has fewer of them than there are addresses.
            String steps = IntStream.range(0, 40)
                    .mapToObj(i -> "ADD http://127.0.0.1:" + silent.getLocalPort() + "/" + i + " /\n")
                    .collect(joining());
            List<FutureTask<Object>> builds = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                builds.add(start("FROM scratch\n" + steps, Progress.none()));
            }
            silent.accept();
            slipway.close();
            for (FutureTask<Object> build : builds) {
                assertClosed(build);
            }
        }
    }

    @Test
    void aListenerMayCloseItWhileMoreStepsWaitThanThereAreThreads() {
        String stages = IntStream.range(0, 40)
                .mapToObj(i -> "FROM scratch AS stage" + i + "\nCOPY Dockerfile /" + i + "\n")
                .collect(joining());
        String copies = IntStream.range(0, 40)
                .mapToObj(i -> "COPY --from=stage" + i + " / /\n")
                .collect(joining());
        assertClosed(start(stages + "FROM scratch\n" + copies, event -> slipway.close()));
    }

    private static void assertClosed(FutureTask<Object> build) {
        assertThatThrownBy(() -> build.get(120, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(BuildException.class)
                .hasMessage(CLOSED);
    }

    private FutureTask<Object> start(String dockerfile, Progress progress) {
        BuildRequest slow = request.dockerfileText(dockerfile);
        FutureTask<Object> build = new FutureTask<>(() -> slipway.build(slow, progress));
        Thread thread = new Thread(build, "build");
        thread.setDaemon(true);
        thread.start();
        return build;
    }

    @Test
    void anInterruptedThreadBuildsNothing() {
        try (Slipway open = slipway) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> open.build(request, Progress.none())).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
