package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What CONTRIBUTING.md names is there: scripts, profiles, modules, tests, properties and files. Its commands run these tests, so
 * they cannot be run by one.
 */
class ContributingTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final List<String> MODULES =
            List.of("parser", "executor-spi", "oci", "solver", "embed", "executor-local", "cli");

    private static Stream<String> found(String pattern) throws IOException {
        List<String> found = Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
        assertThat(found).as(pattern).isNotEmpty();
        return found.stream();
    }

    /** All sources of tests, by the name of their class. */
    private static String test(String module, String name) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
            List<Path> sources =
                    files.filter(file -> file.endsWith(name + ".java")).toList();
            assertThat(sources).as(name + " in " + module).hasSize(1);
            return Files.readString(sources.get(0));
        }
    }

    @Test
    void everyScriptCanBeRun() throws Exception {
        assertThat(found("^(testdata/[a-z-]+)")).allMatch(script -> Files.isExecutable(ROOT.resolve(script)));
    }

    @Test
    void everyFileIsThere() throws Exception {
        assertThat(found("\\]\\((?!https:)([^)]+)\\)")).allMatch(file -> Files.isRegularFile(ROOT.resolve(file)));
    }

    @Test
    void everyProfileAndModuleIsOfThisProject() throws Exception {
        String project = Files.readString(ROOT.resolve("pom.xml"));
        assertThat(found("^mvn .*-P(\\S+)")).allMatch(profile -> project.contains("<id>" + profile + "</id>"));
        assertThat(found("^mvn .*-pl (\\S+)")).allMatch(module -> project.contains("<module>" + module + "</module>"));
    }

    @Test
    void everyTestOfACommandIsInItsModule() throws Exception {
        for (String command : found("^mvn -pl (.*-Dtest=\\S+)").toList()) {
            String module = command.substring(0, command.indexOf(' '));
            String[] name =
                    command.replaceFirst(".*-Dtest='?([A-Za-z#]+).*", "$1").split("#");
            assertThat(test(module, name[0])).contains(name.length > 1 ? "void " + name[1] + "()" : "class " + name[0]);
        }
    }

    @Test
    void everyTestOfTheTableIsInItsModule() throws Exception {
        for (String cell : found("`([A-Za-z]+Test` in `[a-z-]+)`").toList()) {
            String[] parts = cell.split("` in `");
            assertThat(test(parts[1], parts[0])).contains("class " + parts[0]);
        }
    }

    @Test
    void everyPropertyIsRead() throws Exception {
        // Those of Maven are read by the build.
        String project = Files.readString(ROOT.resolve("pom.xml"));
        StringBuilder sources = new StringBuilder();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        // Those of the percentages are made of the kinds' names.
        assertThat(found("(?:-D|`)((?:slipway|golden)\\.[a-z.]+)")
                        .filter(name -> !name.equals("slipway.corpus.graphs")))
                .allMatch(name -> project.contains("${" + name + "}") || sources.indexOf("\"" + name + "\"") >= 0);
    }
}
