package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows and removes what builds have kept. */
@Tag("end-to-end")
class CacheCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    private BuildRequest request(String dockerfile) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        Files.writeString(context.resolve("data"), "x".repeat(10_000));
        return BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
    }

    @Test
    void whatIsKeptIsShownAndRemoved() throws Exception {
        request("FROM scratch\nCOPY data /\n");
        Path home = folder.resolve("home");
        String context = folder.resolve("context").toString();
        SlipwayProcess.Outcome first =
                SlipwayProcess.run(home, "build", "-o", "type=oci,dest=" + folder.resolve("1.tar"), context);
        assertThat(first.err()).isNotEmpty();
        assertThat(first.exitCode()).isZero();

        JsonNode shown = new ObjectMapper()
                .readTree(SlipwayProcess.run(home, "cache", "du", "--format", "json")
                        .out());
        assertThat(shown.get("size").asLong()).isGreaterThan(10_000);
        assertThat(shown.get("entries").findValuesAsText("type")).contains("regular", "source.local", "internal");
        assertThat(shown.get("entries").findValuesAsText("description")).contains("[1/1] COPY data /");

        SlipwayProcess.Outcome spared = SlipwayProcess.run(home, "cache", "prune", "--filter", "until=24h");
        assertThat(spared.out()).isEqualTo("Removed: 0B\n");
        SlipwayProcess.Outcome small = SlipwayProcess.run(home, "cache", "prune", "--max-used-space", "1GB");
        assertThat(small.out()).isEqualTo("Removed: 0B\n");
        SlipwayProcess.Outcome removed = SlipwayProcess.run(home, "cache", "prune", "--all");
        assertThat(removed.out()).contains("COPY data /").doesNotContain("Removed: 0B");
        assertThat(SlipwayProcess.run(home, "cache", "du").out()).isEqualTo("Total: 0B\n");

        SlipwayProcess.Outcome wrong = InProcess.run("cache", "prune", "--max-used-space", "much");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).isEqualTo("ERROR: --max-used-space: not a size: 'much'; write it as 500MB or 20GB\n");
        assertThat(InProcess.run("cache", "du", "--filter", "colour=red").err())
                .isEqualTo("ERROR: --filter: unknown filter 'colour'; known are description, id, inuse, type and"
                        + " until\n");
    }

    @Test
    void aBuildIsNotHarmedByPruningInAnotherProcess() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path home = folder.resolve("home");
        BuildRequest request = request("""
                FROM alpine AS one
                COPY data /data
                RUN cp /data /copy && echo running && sleep 6
                FROM alpine
                COPY --from=one /data /copy /
                """).output(Output.localDirectory(folder.resolve("out")));
        CountDownLatch running = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Slipway slipway = Slipway.open(home)) {
            Future<?> built = thread.submit(() -> slipway.build(request, event -> {
                if (event instanceof BuildEvent.Log) {
                    running.countDown();
                }
            }));
            assertThat(running.await(5, TimeUnit.MINUTES)).isTrue();
            SlipwayProcess.Outcome pruned = SlipwayProcess.run(home, "cache", "prune", "--all");
            assertThat(pruned.exitCode()).as(pruned.err()).isZero();
            built.get();
            assertThat(folder.resolve("out/data")).hasContent("x".repeat(10_000));
            assertThat(folder.resolve("out/copy")).hasContent("x".repeat(10_000));
            assertThat(slipway.pruneCache(PruneRequest.EVERYTHING)).isNotEmpty();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void withoutCacheCacheMountsBeginAnewOnceABuild() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        String dockerfile = """
                FROM alpine
                ARG TURN
                RUN --mount=type=cache,target=/c echo $TURN.1 >> /c/f
                RUN --mount=type=cache,target=/c echo $TURN.2 >> /c/f && cp /c/f /f
                """;
        BuildRequest request = request(dockerfile).output(Output.localDirectory(folder.resolve("out")));
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.build(request.buildArg("TURN", "a"), Progress.none());
            slipway.build(request.buildArg("TURN", "b"), Progress.none());
            assertThat(folder.resolve("out/f")).hasContent("a.1\na.2\nb.1\nb.2\n");
            slipway.build(request.buildArg("TURN", "c").noCache(), Progress.none());
            assertThat(folder.resolve("out/f")).hasContent("c.1\nc.2\n");
            slipway.build(request.buildArg("TURN", "d"), Progress.none());
            slipway.build(request.buildArg("TURN", "d"), Progress.none());
            assertThat(folder.resolve("out/f")).hasContent("c.1\nc.2\nd.1\nd.2\n");
        }
    }

    @Test
    void onlyTheCacheMountsOfStagesWithoutCacheBeginAnew() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        String dockerfile = """
                FROM alpine AS one
                ARG TURN
                RUN --mount=type=cache,id=one,target=/c echo $TURN >> /c/f && cp /c/f /one
                FROM alpine AS two
                ARG TURN
                RUN --mount=type=cache,id=two,target=/c echo $TURN >> /c/f && cp /c/f /two
                FROM scratch
                COPY --from=one /one /
                COPY --from=two /two /
                """;
        BuildRequest request = request(dockerfile).output(Output.localDirectory(folder.resolve("out")));
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.build(request.buildArg("TURN", "a"), Progress.none());
            slipway.build(request.buildArg("TURN", "b").noCacheFilter("one"), Progress.none());
            assertThat(folder.resolve("out/one")).hasContent("b\n");
            assertThat(folder.resolve("out/two")).hasContent("a\nb\n");
            slipway.build(request.buildArg("TURN", "b").noCacheFilter("two"), Progress.none());
            assertThat(folder.resolve("out/one")).hasContent("b\n");
            assertThat(folder.resolve("out/two")).hasContent("b\n");
        }
    }
}
