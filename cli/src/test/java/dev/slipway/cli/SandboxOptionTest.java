package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("end-to-end")
class SandboxOptionTest {

    @TempDir
    private Path folder;

    @Test
    void theHelpNamesAllThatCanBeChosen() throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nRUN [\"/program\"]\n");
        SlipwayProcess.Outcome refused = InProcess.run("build", "--sandbox", "jail", context.toString());
        String help = InProcess.run("build", "--help").out().replaceAll("\\s+", " ");

        assertThat(refused.err()).containsPattern("--sandbox jail: there is no such sandbox; there are [a-z-]+, ");
        String names = refused.err().replaceAll("(?s).*no such sandbox; there are ([a-z, -]*[a-z]).*", "$1");
        assertThat(List.of(names.split(", ")))
                .hasSize(5)
                .allSatisfy(name ->
                        assertThat(help).containsPattern("Sandbox that steps run in: [a-z, -]*\\b" + name + "\\b"));
    }
}
