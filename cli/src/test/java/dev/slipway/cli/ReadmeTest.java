package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell commands of the README, and of texts that it leads to, word for word, but for the one that runs this test. */
@Tag("end-to-end")
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String TESTS = "testdata/verify\n";

    @TempDir
    private static Path home;

    @TestFactory
    List<DynamicTest> everyCommandOfTheTextsWorks() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String text : List.of("README.md", "docs/attestations.md")) {
            Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve(text)));
            while (block.find()) {
                String commands = block.group(1);
                if (!commands.equals(TESTS)) {
                    tests.add(
                            DynamicTest.dynamicTest(commands.lines().findFirst().orElse(""), () -> run(commands)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static void run(String commands) throws Exception {
        assumeTrue(
                Files.exists(ROOT.resolve("cli/target/lib/class-path")),
                "the launcher has not compiled itself yet; testdata/verify sees to it");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", commands)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SLIPWAY_HOME", home.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        if (commands.contains("testdata/show")) {
            assertThat(output).contains("/arch says x86_64", "/arch says aarch64", "building for linux/arm64");
        }
    }
}
