package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of artifacts that others import. */
class BomTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

    @Test
    void itHasTheArtifactOfEveryOtherModule() throws IOException {
        List<String> modules = all("<module>(.*?)</module>", ROOT.resolve("pom.xml")).stream()
                .filter(module -> !module.equals("bom"))
                .toList();
        List<String> artifacts = new ArrayList<>();
        for (String module : modules) {
            artifacts.add(all(
                            "</parent>\\s*<artifactId>(.*?)</artifactId>",
                            ROOT.resolve(module).resolve("pom.xml"))
                    .get(0));
        }
        assertThat(artifacts).contains("slipway");
        assertThat(all(
                        "<groupId>dev.slipway</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>\\$\\{",
                        ROOT.resolve("bom/pom.xml")))
                .containsExactlyInAnyOrderElementsOf(artifacts);
    }

    @Test
    void theTextsNameItsVersion() throws IOException {
        String version =
                all("<version>(.*?)</version>", ROOT.resolve("pom.xml")).get(0);
        assertThat(all("<version>(.*?)</version>", ROOT.resolve("bom/pom.xml"))).startsWith(version);
        for (String text : List.of("README.md", "bom/README.md", "docs/executors.md")) {
            assertThat(all("<version>(.*?)</version>", ROOT.resolve(text)))
                    .as(text)
                    .isNotEmpty()
                    .containsOnly(version);
        }
    }

    private static List<String> all(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
