package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said once, clearly, with the right exit code; the output stays as it was and the store stays usable. */
@Tag("end-to-end")
class BadInputTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    private Path context;
    private Path out;

    @BeforeEach
    void makeContextAndOutput() throws IOException {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        context = Files.createDirectory(folder.resolve("context"));
        out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("earlier"), "kept");
    }

    @Test
    void aMissingContext() throws Exception {
        refused(
                1,
                "ERROR: the context does not exist: " + folder.resolve("nowhere"),
                "build",
                folder.resolve("nowhere").toString());
    }

    @Test
    void aContextWithoutADockerfile() throws Exception {
        refused(1, "ERROR: there is no Dockerfile in " + context, "build", context.toString());
    }

    @Test
    void anIgnoreFileThatIsNoFile() throws Exception {
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY . /\n");
        Path pipe = context.resolve(".dockerignore");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        refused(1, "ERROR: " + pipe + " is not a regular file", "build", context.toString());
    }

    @Test
    void anUnknownFlag() throws Exception {
        refused(2, "ERROR: unknown option: --plattform", "build", "--plattform", "linux/amd64", context.toString());
    }

    @Test
    void aSlipInAFlagIsSeen() throws Exception {
        refused(2, "Did you mean: --platform?", "build", "--plattform", "linux/amd64", context.toString());
        assertThat(InProcess.run("build", "--something-else", context.toString())
                        .err())
                .contains("ERROR: unknown option: --something-else")
                .doesNotContain("Did you mean");
    }

    @Test
    void aFlagOfBuildxThatIsNotThereYet() throws Exception {
        refused(
                2,
                "ERROR: this option of docker buildx build is not supported yet: --builder",
                "build",
                "--builder=other",
                context.toString());
    }

    @Test
    void aValueThatIsNoneOfAFew() throws Exception {
        refused(
                2,
                "ERROR: --progress: 'loud' is not auto, plain or none",
                "build",
                "--progress",
                "loud",
                context.toString());
        refused(2, "ERROR: --format: 'xml' is not text or json", "plan", "--format", "xml", context.toString());
    }

    @Test
    void aPlatformThatIsEmpty() throws Exception {
        refused(2, "ERROR: --platform : the platform is empty", "build", "--platform", "", context.toString());
    }

    @Test
    void aFolderInPlaceOfTheDockerfile() throws Exception {
        refused(
                1,
                "ERROR: " + context + " is a folder; name a file in it, such as " + context.resolve("Dockerfile"),
                "build",
                "-f",
                context.toString(),
                context.toString());
    }

    @Test
    void helpIsACommandToo() throws Exception {
        Outcome help = InProcess.run("help", "build");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: slipway build").contains("--no-cache-filter");
        assertThat(InProcess.run("help").out()).startsWith("Usage: slipway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"llb CONTEXT", "targets CONTEXT", "plan CONTEXT", "cache du", "emulators", "help", "build --help"
            })
    void standardOutputThatCannotBeWritten(String command) throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        dockerfile("FROM scratch\nCOPY Dockerfile /\n");
        String words = command.replace("CONTEXT", context.toString());
        List<String> start = Background.words(words.split(" "));
        ProcessBuilder builder = new ProcessBuilder(start).redirectOutput(full.toFile());
        builder.environment().put("SLIPWAY_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(err)
                .endsWith("ERROR: cannot write to standard output: No space left on device" + System.lineSeparator());
    }

    @Test
    void nobodyWhoReadsTheOutputToItsEnd() throws Exception {
        dockerfile("FROM scratch\nCOPY Dockerfile /\n");
        List<String> start = Background.words("llb", context.toString());
        ProcessBuilder builder = new ProcessBuilder(start);
        builder.environment().put("SLIPWAY_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        process.getInputStream().close();
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void anUnknownPlatform() throws Exception {
        refused(
                2,
                "ERROR: --platform linus: \"linus\": unknown operating system or architecture",
                "build",
                "--platform",
                "linus",
                context.toString());
    }

    @Test
    void aDockerfileThatDoesNotParse() throws Exception {
        dockerfile("FROM alpine\nRUMN echo\n");
        failed("Dockerfile:2: ", "unknown instruction: RUMN (did you mean RUN?)", "   2 | >>> RUMN echo", "     ^^^^");
    }

    @Test
    void aBaseImageThatIsNotFound() throws Exception {
        dockerfile("FROM 127.0.0.1:9/nothing:1\n");
        failed("Dockerfile:1: ", "127.0.0.1:9/nothing:1", "   1 | >>> FROM 127.0.0.1:9/nothing:1");
    }

    @Test
    void aBaseImageThatLacksThePlatform() throws Exception {
        dockerfile("FROM alpine\n");
        Outcome outcome = build("--platform", "linux/s390x");
        assertThat(outcome.err())
                .contains("Dockerfile:1: ")
                .contains("linux/s390x")
                .contains("linux/amd64, linux/arm64");
        assertRefused(outcome, 1);
    }

    @Test
    void aCopySourceThatIsMissing() throws Exception {
        dockerfile("FROM alpine\nCOPY nothere /\n");
        failed("Dockerfile:2: ", "\"/nothere\": not found", "   2 | >>> COPY nothere /");
    }

    @Test
    void aStepThatFails() throws Exception {
        dockerfile("FROM alpine\nRUN echo before && exit 3\n");
        failed(
                "Dockerfile:2: for " + Platform.host().format()
                        + ": process \"/bin/sh -c echo before && exit 3\" did not complete successfully: exit code: 3",
                "   2 | >>> RUN echo before && exit 3",
                " before");
    }

    @Test
    void noEmulatorForAPlatform() throws Exception {
        dockerfile("FROM scratch\nCOPY Dockerfile /\nRUN [\"/x\"]\n");
        Outcome outcome = build("--platform", "linux/wasm");
        assertThat(outcome.err())
                .contains("Dockerfile:3: no executor can run this step, which needs linux/wasm")
                .contains("qemu-user-static")
                .doesNotContain("COPY Dockerfile / DONE");
        assertRefused(outcome, 1);
    }

    @Test
    void anOutputOfAnUnknownType() throws Exception {
        refused(
                2,
                "ERROR: --output type=oic,dest=x: unknown type 'oic'; known are cacheonly, docker, image, local, oci,"
                        + " registry, tar",
                "build",
                "--output",
                "type=oic,dest=x",
                context.toString());
    }

    @Test
    void anOutputThatCannotBeWritten() throws Exception {
        dockerfile("FROM alpine\nRUN echo never > /reached\n");
        Outcome outcome = build("--output", "type=tar,dest=" + context);
        assertThat(outcome.err())
                .contains("ERROR: output type=tar: " + context + " is a folder; name a file in it")
                .doesNotContain("RUN echo never");
        assertRefused(outcome, 1);
    }

    @Test
    void theStoreIsUsableAfterwards() throws Exception {
        dockerfile("FROM alpine\nRUN exit 1\n");
        build();
        dockerfile("FROM alpine\nRUN echo fine > /fine\n");
        Outcome outcome = build();
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(out.resolve("fine")).hasContent("fine\n");
    }

    private void dockerfile(String text) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), text);
    }

    private Outcome build(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("build", "--output", out.toString()));
        all.addAll(List.of("--build-context", "alpine=oci-layout://" + ALPINE));
        all.addAll(List.of(arguments));
        all.add(context.toString());
        return InProcess.run(all.toArray(String[]::new));
    }

    private void failed(String... messages) throws Exception {
        Outcome outcome = build();
        assertThat(outcome.err()).contains(messages);
        assertRefused(outcome, 1);
    }

    private void refused(int exitCode, String message, String... arguments) throws Exception {
        Outcome outcome = InProcess.run(arguments);
        assertThat(outcome.err()).contains(message);
        assertRefused(outcome, exitCode);
    }

    private void assertRefused(Outcome outcome, int exitCode) throws IOException {
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
        assertThat(outcome.err()).doesNotContain("java.", "dev.slipway", "Exception");
        assertThat(outcome.err().lines().filter(line -> line.startsWith("ERROR: ")))
                .hasSize(1);
        assertThat(outcome.out()).isEmpty();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).containsExactly(out.resolve("earlier"));
        }
    }
}
