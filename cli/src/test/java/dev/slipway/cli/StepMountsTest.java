package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where mounts are, and what there is of a secret that is missing: the same in each sandbox. */
@Tag("end-to-end")
class StepMountsTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");

    @TempDir
    private Path folder;

    private SlipwayProcess.Outcome build(String dockerfile, String... arguments) throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        Files.writeString(context.resolve("f"), "of the context");
        List<String> command = new ArrayList<>(
                List.of("build", "--no-cache", "--progress=plain", "--build-context", "alpine=oci-layout://" + ALPINE));
        command.addAll(List.of(arguments));
        command.add(context.toString());
        return InProcess.run(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc", "proot", "rootless"})
    void aRelativePathLeadsOnFromTheWorkingFolder(String sandbox) throws Exception {
        Path secret = Files.writeString(folder.resolve("token"), "Kz7-hunter2-Qx9");
        SlipwayProcess.Outcome outcome = build("""
                FROM alpine
                WORKDIR /app
                RUN --mount=type=secret,id=token,target=.npmrc \\
                    --mount=type=secret,id=token,target=../etc/./npmrc \\
                    --mount=type=cache,target=.cache \\
                    --mount=type=tmpfs,target=mem/in \\
                    --mount=target=in \\
                    cmp .npmrc /app/.npmrc && cmp /etc/npmrc /app/.npmrc && grep -q hunter2 /app/.npmrc && test ! -e /.npmrc \\
                    && test -d /app/.cache && test -d /app/mem/in && grep context /app/in/f
                RUN test ! -e /app/.npmrc && test ! -e /etc/npmrc
                """, "--sandbox", sandbox, "--secret", "id=token,src=" + secret);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc", "proot", "rootless"})
    void whatIsMountedInAFolderThatIsMountedTooIsSeen(String sandbox) throws Exception {
        SlipwayProcess.Outcome outcome = build(
                """
                FROM alpine
                WORKDIR /app
                RUN --mount=type=secret,id=token,target=.npmrc --mount=type=tmpfs,target=/app cat /app/.npmrc
                """,
                "--sandbox",
                sandbox,
                "--secret",
                "id=token,src=" + Files.writeString(folder.resolve("token"), "x"));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"built-in", "crun", "runc", "proot", "rootless"})
    void theVariableOfASecretThatIsMissingIsEmpty(String sandbox) throws Exception {
        SlipwayProcess.Outcome outcome = build("""
                FROM alpine
                RUN --mount=type=secret,id=none,env=TOKEN sh -uc 'echo "[$TOKEN]"'
                RUN --mount=type=secret,id=none,env=TOKEN,required=false env | grep '^TOKEN=$'
                """, "--sandbox", sandbox);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("[]");
    }

    @Test
    void aRequiredSecretThatIsMissingIsAnError() throws Exception {
        SlipwayProcess.Outcome outcome = build("""
                FROM alpine
                RUN --mount=type=secret,id=none,env=TOKEN,required true
                """);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("secret none: not found");
    }

    @Test
    void anotherNameOfACacheRunsNothingAgain() throws Exception {
        String dockerfile = "FROM alpine\nRUN --mount=type=cache,id=one,target=/c date > /made\n";
        build(dockerfile);

        assertThat(build(dockerfile.replace("id=one", "id=two,sharing=locked")).err())
                .contains("CACHED");
    }
}
