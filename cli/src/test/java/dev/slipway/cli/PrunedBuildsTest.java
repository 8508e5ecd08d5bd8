package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other processes show and remove what there is in the store, again and again, while builds run: each build is as it would be alone. */
@Tag("end-to-end")
class PrunedBuildsTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");
    private static final int KINDS = 4;
    private static final int BUILDERS = 2;
    private static final int SECONDS = 12;

    @TempDir
    private Path folder;

    /** What all kinds of steps of this kind of build must bring about. */
    private static List<String> expected(int kind) {
        String data = "data " + kind + "\n";
        return List.of(data, data + "ran " + kind + "\n", "shared\n");
    }

    private BuildRequest request(int kind) {
        return BuildRequest.of(folder.resolve("context" + kind)).buildContext("alpine", "oci-layout://" + ALPINE);
    }

    private void writeContext(int kind) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context" + kind));
        Files.writeString(context.resolve("data"), "data " + kind + "\n");
        Files.writeString(context.resolve("Dockerfile"), """
                FROM alpine AS shared
                RUN echo shared > /shared
                FROM alpine AS made
                COPY data /data
                RUN --mount=type=cache,target=/c cp /data /c/%1$d && cat /c/%1$d > /ran && echo ran %1$d >> /ran
                FROM scratch
                COPY data /a/data
                COPY --from=made /ran /b/
                COPY --from=shared /shared /c/
                """.formatted(kind));
    }

    private static List<String> read(Path out) throws IOException {
        return List.of(
                Files.readString(out.resolve("a/data")),
                Files.readString(out.resolve("b/ran")),
                Files.readString(out.resolve("c/shared")));
    }

    /** Builds until it is time to stop; returns how often. */
    private int build(Slipway slipway, int builder, Random random, long end) throws Exception {
        int builds = 0;
        for (; builds == 0 || System.nanoTime() < end; builds++) {
            int kind = random.nextInt(KINDS);
            Path out = folder.resolve("out-" + builder + "-" + builds);
            BuildRequest request = request(kind);
            slipway.build(
                    random.nextInt(5) == 0
                            ? request.noCache().output(Output.localDirectory(out))
                            : request.output(Output.localDirectory(out)),
                    Progress.none());
            assertThat(read(out)).as("build " + builds).isEqualTo(expected(kind));
        }
        return builds;
    }

    private void prune(Path home, Random random) throws Exception {
        List<List<String>> commands = List.of(
                List.of("cache", "prune", "--all"),
                List.of("cache", "prune", "--all", "--max-used-space", "1MB"),
                List.of("cache", "prune"),
                List.of("cache", "prune", "--filter", "type=source.local"),
                List.of("cache", "prune", "--all", "--filter", "type=exec.cachemount"),
                List.of("cache", "du", "--format", "json"));
        String[] command = commands.get(random.nextInt(commands.size())).toArray(String[]::new);
        SlipwayProcess.Outcome outcome = SlipwayProcess.run(home, command);
        assertThat(outcome.err()).as(String.join(" ", command)).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void areAsTheyWouldBeAlone() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        long seed = System.nanoTime();
        System.out.println("PrunedBuildsTest seed " + seed);
        Path home = folder.resolve("home");
        for (int kind = 0; kind < KINDS; kind++) {
            writeContext(kind);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        AtomicInteger prunes = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Slipway slipway = Slipway.open(home)) {
            List<Future<Integer>> builders = new ArrayList<>();
            for (int i = 0; i < BUILDERS; i++) {
                int builder = i;
                builders.add(threads.submit(() -> build(slipway, builder, new Random(seed + builder), end)));
            }
            Future<?> commands = threads.submit(() -> {
                Random random = new Random(seed - 1);
                for (int i = 0; i == 0 || System.nanoTime() < end; i++) {
                    int kind = random.nextInt(KINDS);
                    Path out = folder.resolve("command-" + i);
                    SlipwayProcess.Outcome built = SlipwayProcess.run(
                            home,
                            "build",
                            "--progress=none",
                            "--build-context",
                            "alpine=oci-layout://" + ALPINE,
                            "-o",
                            out.toString(),
                            folder.resolve("context" + kind).toString());
                    assertThat(built.exitCode()).as(built.err()).isZero();
                    assertThat(read(out)).isEqualTo(expected(kind));
                }
                return null;
            });
            Future<?> pruner = threads.submit(() -> {
                Random random = new Random(seed - 2);
                for (; prunes.get() == 0 || System.nanoTime() < end; prunes.incrementAndGet()) {
                    prune(home, random);
                }
                return null;
            });
            for (Future<Integer> builder : builders) {
                assertThat(builder.get()).isPositive();
            }
            commands.get();
            pruner.get();
            assertThat(prunes.get()).isPositive();
            SlipwayProcess.run(home, "cache", "prune", "--all");
            assertThat(SlipwayProcess.run(home, "cache", "du").out()).isEqualTo("Total: 0B\n");
        } finally {
            threads.shutdownNow();
        }
    }
}
