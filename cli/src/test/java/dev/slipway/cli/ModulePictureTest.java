package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture of the modules in ARCHITECTURE.md is what the poms say. */
class ModulePictureTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Pattern ARROWS = Pattern.compile("^([a-z-]+) *──► (.*)$", Pattern.MULTILINE);
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>\\s*<groupId>dev\\.slipway</groupId>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    @Test
    void everyModuleNeedsWhatThePictureSays() throws Exception {
        Map<String, Set<String>> poms = new LinkedHashMap<>();
        for (String module : modules()) {
            poms.put(module, needs(module));
        }
        assertThat(picture()).containsExactlyInAnyOrderEntriesOf(poms);
    }

    @Test
    void allArrowsLeadDown() throws Exception {
        List<String> above = new ArrayList<>();
        picture().forEach((module, needs) -> {
            above.add(module);
            assertThat(needs).as(module).doesNotContainAnyElementsOf(above);
        });
        assertThat(above).hasSizeBetween(6, 10);
    }

    private static Map<String, Set<String>> picture() throws IOException {
        Map<String, Set<String>> picture = new LinkedHashMap<>();
        ARROWS.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")))
                .results()
                .forEach(line -> picture.put(line.group(1), words(line.group(2))));
        return picture;
    }

    private static Set<String> words(String needs) {
        return needs.startsWith("nothing")
                ? Set.of()
                : new TreeSet<>(List.of(needs.strip().split(", ")));
    }

    /** All that have code. */
    private static List<String> modules() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> Files.exists(ROOT.resolve(module).resolve("src/main/java")))
                .toList();
    }

    /** What a module is compiled with. */
    private static Set<String> needs(String module) throws IOException {
        Stream<MatchResult> all = DEPENDENCY
                .matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")))
                .results();
        return all.map(dependency -> dependency.group(1))
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .filter(dependency -> !dependency.contains("<scope>runtime</scope>"))
                .map(ModulePictureTest::folder)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String folder(String dependency) {
        String artifact =
                NAME.matcher(dependency).results().findFirst().orElseThrow().group(1);
        return artifact.equals("slipway") ? "embed" : artifact.replaceFirst("^slipway-", "");
    }
}
