package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher sees to before Java starts. */
@Tag("end-to-end")
class LauncherTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

    @TempDir
    private Path folder;

    @BeforeEach
    void makeContext() throws Exception {
        assumeTrue(
                Files.exists(ROOT.resolve("cli/target/lib/class-path")),
                "the launcher has not compiled itself yet; testdata/verify sees to it");
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    }

    @Test
    void standardInputThatIsClosedIsEmpty() throws Exception {
        assertThat(run("./slipway build - <&- || echo $?")).isEqualTo("ERROR: the Dockerfile cannot be empty\n1\n");
    }

    @Test
    void aBuildNeedsNobodyWhoListens() throws Exception {
        assertThat(run("./slipway build " + folder + " >&- 2>&- && echo built")).isEqualTo("built\n");
    }

    @Test
    void anArchiveForAStandardOutputThatIsClosedIsNotTakenForWritten() throws Exception {
        assertThat(run("./slipway build -o - " + folder + " 2>&1 >&- | grep ERROR"))
                .contains("\nERROR: cannot write the output type=tar: standard output does not take it: ");
    }

    @Test
    void theStoreIsBelowTheHomeOfTheEnvironment() throws Exception {
        run("unset SLIPWAY_HOME XDG_CACHE_HOME; HOME=" + folder.resolve("me") + " ./slipway build " + folder);
        assertThat(folder.resolve("me/.cache/slipway/v1")).isDirectory();
    }

    private String run(String commands) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-uc", commands)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SLIPWAY_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
