package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell commands of {@code docs/images.md} one after the other, with a registry on loopback for the one they name. */
@Tag("end-to-end")
class ImagesDocumentTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfTheDocumentWorks() throws Exception {
        assumeTrue(
                Files.exists(ROOT.resolve("cli/target/lib/class-path")),
                "the launcher has not compiled itself yet; testdata/verify sees to it");
        List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve("docs/images.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(4);
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder)) {
            for (String block : blocks) {
                run(block.replace("registry.example.com", registry.host()));
            }
        }
    }

    private void run(String commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", commands)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SLIPWAY_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(commands + output).isZero();
    }
}
