package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.executor.ExecutorSettings;
import dev.slipway.executor.Output;
import dev.slipway.plan.PlanStep;
import dev.slipway.progress.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds whose platforms go to executors of their own, each with its own store. */
@Tag("end-to-end")
class SeveralExecutorsTest {

    private static final Path ALPINE =
            Path.of(System.getProperty("slipway.root")).resolve("target/images/alpine");

    @TempDir
    private Path folder;

    private BuildRequest request;

    @BeforeEach
    void writeContext() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "needs the alpine base image");
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), """
                FROM --platform=$BUILDPLATFORM alpine AS build
                ARG TARGETARCH
                RUN echo "made for $TARGETARCH" > /made
                FROM alpine
                COPY --from=build /made /made
                RUN cat /made | tr a-z A-Z > /shouted
                """);
        request = BuildRequest.of(context)
                .buildContext("alpine", ALPINE)
                .platforms("linux/amd64", "linux/arm64")
                .buildArg("SOURCE_DATE_EPOCH", "1700000000");
    }

    @Test
    void twoStoresGiveTheSameImageAsOneByteForByte() throws Exception {
        try (Slipway one = Slipway.open(folder.resolve("one"));
                Slipway two = openTwo()) {
            BuildResult together = one.build(settled("together"), Progress.none());
            BuildResult apart = two.build(settled("apart"), Progress.none());

            assertThat(apart.digest()).isEqualTo(together.digest());
            assertThat(folder.resolve("apart.tar")).hasSameBinaryContentAs(folder.resolve("together.tar"));
        }
    }

    @Test
    void eachPlatformIsBuiltWhereTheRouterSendsItAndNowhereElse() throws Exception {
        try (Slipway two = openTwo()) {
            assertThat(two.plan(request).steps())
                    .extracting(PlanStep::platforms)
                    .as("no step serves both")
                    .allMatch(platforms -> platforms.size() == 1);

            BuildResult result = two.build(request, Progress.none());

            assertThat(text(result, "linux/arm64")).isEqualTo("MADE FOR ARM64\n");
            assertThat(text(result, "linux/amd64")).isEqualTo("MADE FOR AMD64\n");
        }
        assertThat(stepsToRun("arm64", "linux/arm64")).isZero();
        assertThat(stepsToRun("amd64", "linux/amd64")).isZero();
        assertThat(stepsToRun("amd64", "linux/arm64")).isPositive();
    }

    @Test
    void aStepThatFailsOnOneExecutorStopsTheOther() throws Exception {
        Files.writeString(folder.resolve("context/Dockerfile"), """
                FROM alpine
                ARG TARGETARCH
                RUN if [ $TARGETARCH = arm64 ]; then exit 3; fi; sleep 3600
                """);
        try (Slipway two = openTwo()) {
            assertThatThrownBy(() -> two.build(request, Progress.none()))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("exit code: 3");
        }
    }

    private static String text(BuildResult result, String platform) {
        return new String(result.image(platform).readFile("/shouted").orElseThrow(), StandardCharsets.UTF_8);
    }

    private long stepsToRun(String store, String platform) throws Exception {
        try (Slipway slipway = Slipway.open(folder.resolve(store))) {
            return slipway.plan(request.platforms(platform)).steps().stream()
                    .filter(step -> step.fate() == PlanStep.Fate.RUN)
                    .count();
        }
    }

    private Slipway openTwo() {
        return Slipway.builder()
                .executor("local", ExecutorSettings.of(folder.resolve("amd64")), "linux/amd64")
                .executor("local", ExecutorSettings.of(folder.resolve("arm64")), "linux/arm64")
                .open();
    }

    private BuildRequest settled(String name) {
        return request.output(Output.ociArchive(folder.resolve(name + ".tar")).with("rewrite-timestamp", "true"));
    }
}
