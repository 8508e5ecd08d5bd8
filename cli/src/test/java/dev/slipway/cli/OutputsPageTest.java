package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.executor.ImageReference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistrySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the page on outputs that are about registries word for word, but for where the registries, the context and
 * files are.
 */
@Tag("end-to-end")
class OutputsPageTest {

    private static final Path PAGE =
            Path.of(System.getProperty("slipway.root", "..")).resolve("docs/outputs.md");
    private static final String REGISTRY = "registry.example.com";
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> everyCommandOfThePageWorks() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(Files.readString(PAGE)).results().toList()) {
            for (String command : block.group(1).replace("\\\n", " ").split("\n")) {
                if (command.contains(REGISTRY)) {
                    tests.add(DynamicTest.dynamicTest(command, () -> run(command)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private void run(String command) throws Exception {
        Path home = Files.createTempDirectory(folder, "command");
        Path context = Files.createDirectory(home.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        try (LoopbackRegistry one = LoopbackRegistry.start(Files.createDirectory(home.resolve("one")));
                LoopbackRegistry other = LoopbackRegistry.start(Files.createDirectory(home.resolve("other")))) {
            String here = command.replace(REGISTRY, one.host())
                    .replace("other.example.com", other.host())
                    .replace("dest=", "dest=" + home + "/");
            List<String> words = WORD.matcher(here)
                    .results()
                    .map((MatchResult word) -> word.group(1) == null ? word.group(2) : word.group(1))
                    .map(word -> word.equals(".") ? context.toString() : word)
                    .toList();
            assertThat(words.get(0)).isEqualTo("slipway");
            Outcome outcome = InProcess.run(words.subList(1, words.size()).toArray(String[]::new));
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            RegistryClient client = new RegistryClient(RegistrySettings.anonymous());
            assertThat(Arrays.stream(here.split("[ ,=]")).filter(word -> word.startsWith(one.host())))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(
                                    client.resolve(ImageReference.parse(name)).digest())
                            .hasToString(outcome.out().strip()));
        }
    }
}
