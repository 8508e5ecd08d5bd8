package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of advisories names tests that there are. */
class AdvisoriesTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

    @Test
    void eachAdvisoryHasATestThatIsThere() throws Exception {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/advisories.md")).stream()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        assertThat(rows).hasSizeGreaterThan(25);
        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            Matcher tests = TEST.matcher(row);
            int count = 0;
            for (; tests.find(); count++) {
                if (!isThere(tests.group(1), tests.group(2))) {
                    missing.add(tests.group());
                }
            }
            assertThat(count).as(row).isPositive();
        }
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(String name, String method) throws IOException {
        for (String module : List.of("parser", "executor-spi", "solver", "oci", "embed", "executor-local", "cli")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.endsWith(name + ".java")).toList()) {
                    return method == null || Files.readString(file).contains("void " + method + "(");
                }
            }
        }
        return false;
    }
}
