package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A context that no step needs is not looked at. */
class UnneededContextTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci-layout://nowhere",
                "nowhere",
                "docker-image://unknown.invalid/x",
                "https://unknown.invalid/x"
            })
    void whatIsNotThereIsNotMissed(String value) throws Exception {
        Outcome outcome =
                build("FROM scratch AS unneeded\nCOPY --from=files x /\nFROM scratch\nCOPY Dockerfile /\n", value);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oci-layout://nowhere", "nowhere"})
    void whatIsNeededIsMissed(String value) throws Exception {
        Outcome outcome = build("FROM scratch\nCOPY --from=files x /\n", value);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("files does not exist: nowhere; name a folder that does");
    }

    @Test
    void anIgnoreFileThatCannotBeReadMattersOnlyIfItIsNeeded() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve(".dockerignore"), "x".repeat(1 << 17));
        Outcome outcome = build("FROM scratch\nCOPY Dockerfile /\n", files.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(build("FROM scratch\nCOPY --from=files x /\n", files.toString())
                        .err())
                .contains("failed parsing .dockerignore");
    }

    private Outcome build(String dockerfile, String value) throws Exception {
        Path context = folder.resolve("context");
        Files.createDirectories(context);
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return InProcess.run("build", "--build-context", "files=" + value, context.toString());
    }
}
