package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first example of the README, word for word, as a program of its own beside a folder {@code app}. */
@Tag("end-to-end")
class LibraryExampleTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    /** A base for both platforms, and a step that wants the secret. */
    private static final String STAGE = """
            FROM scratch AS build
            ARG TARGETARCH
            COPY base/linux_${TARGETARCH} /
            RUN --mount=type=secret,id=token test "$(cat /run/secrets/token)" = s3cret
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTheContext() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "needs the alpine base image");
        Path base = Files.createDirectory(folder.resolve("base"));
        Files.writeString(base.resolve("Dockerfile"), "FROM alpine\n");
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.build(BuildRequest.of(base)
                    .buildContext("alpine", ALPINE)
                    .platforms("linux/amd64", "linux/arm64")
                    .output(Output.localDirectory(folder.resolve("app/base"))));
        }
    }

    private String runTheExample(String dockerfile) throws Exception {
        Files.writeString(folder.resolve("app/Dockerfile"), dockerfile);
        JavaBlock.in(ROOT.resolve("README.md")).get(0).compile(folder);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = folder + ":" + System.getProperty("java.class.path");
        ProcessBuilder builder = new ProcessBuilder(List.of(java.toString(), "-cp", classPath, "Block"))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SLIPWAY_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void itBuildsForTwoPlatformsWithASecretFromMemory() throws Exception {
        String output = runTheExample(STAGE);

        // A stage upon scratch has no platform in the names of its steps, as in BuildKit.
        assertThat(output.lines().filter(line -> line.startsWith("[build 2/2] RUN ") && line.endsWith(": DONE")))
                .hasSize(2);
        assertThat(output).containsPattern("(?m)^sha256:[0-9a-f]{64}$");
        assertThat(folder.resolve("app.tar")).isRegularFile();
    }

    @Test
    void itTellsOfAStepThatFailsByItsFields() throws Exception {
        String output = runTheExample(STAGE + "RUN echo it is broken; exit 7\n");

        assertThat(output).containsPattern("(?m)^STEP in stage build for \\[linux/a(md|rm)64], exit code 7: .+$");
        assertThat(output).contains("it is broken");
        assertThat(folder.resolve("app.tar")).doesNotExist();
    }
}
