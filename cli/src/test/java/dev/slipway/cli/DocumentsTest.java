package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the texts for readers link to is there, and the types that they name exist. */
class DocumentsTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]\\w*[A-Z]\\w*)(?:\\.[a-z]\\w*(?:\\([^`]*\\))?)?`");

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`(?: \\([^)]*\\))? in\\s`([a-z-]+)`");

    /** The first cell of a row, after its number if it has one, or what a line of a list is about. */
    private static final Pattern ROOMS =
            Pattern.compile("^(?:\\| (?:\\w{1,2} \\| )?(`[^|]*)\\||- (`[^:`]*`):)", Pattern.MULTILINE);

    private static final Pattern PACKAGE = Pattern.compile("`([a-z][a-z.]*)`");

    /** Types of the JDK, and those that are inside others. */
    private static final Set<String> OTHERS =
            Set.of("ServiceLoader", "IllegalArgumentException", "InterruptedException", "MountType", "OfStep");

    private static List<Path> texts() throws Exception {
        List<Path> texts = new ArrayList<>();
        try (Stream<Path> children = Files.list(ROOT)) {
            for (Path child : children.toList()) {
                if (child.toString().endsWith(".md")) {
                    texts.add(child);
                } else if (Files.exists(child.resolve("README.md"))) {
                    texts.add(child.resolve("README.md"));
                }
            }
        }
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(texts::add);
        }
        return texts;
    }

    private static Stream<String> found(Pattern pattern, Path text) throws Exception {
        return pattern.matcher(Files.readString(text)).results().map((MatchResult result) -> result.group(1));
    }

    @Test
    void everyLinkLeadsToAFile() throws Exception {
        Set<String> broken = new TreeSet<>();
        for (Path text : texts()) {
            found(LINK, text)
                    .filter(link -> !Files.exists(text.resolveSibling(link)))
                    .forEach(link -> broken.add(ROOT.relativize(text) + ": " + link));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyTypeOfTheArchitectureAndOfTheModulesExists() throws Exception {
        Set<String> types;
        try (Stream<Path> files = Files.walk(ROOT)) {
            types = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        Set<String> unknown = new TreeSet<>();
        for (Path text : texts()) {
            if (text.endsWith("README.md") || text.endsWith("ARCHITECTURE.md")) {
                found(TYPE, text)
                        .filter(name -> !types.contains(name) && !OTHERS.contains(name))
                        .forEach(name -> unknown.add(ROOT.relativize(text) + ": " + name));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyPackageOfTheArchitectureAndOfTheModulesExists() throws Exception {
        Set<String> packages;
        try (Stream<Path> files = Files.walk(ROOT)) {
            packages = files.filter(file -> file.endsWith("package-info.java") || file.endsWith("module-info.java"))
                    .map(file -> "." + file.getParent().toString().replace('/', '.'))
                    .collect(Collectors.toSet());
        }
        Set<String> named = new TreeSet<>();
        for (Path text : List.of(
                ROOT.resolve("ARCHITECTURE.md"),
                ROOT.resolve("oci/README.md"),
                ROOT.resolve("solver/README.md"),
                ROOT.resolve("executor-spi/README.md"))) {
            ROOMS.matcher(Files.readString(text))
                    .results()
                    .forEach(row -> PACKAGE.matcher(row.group()).results().forEach(name -> named.add(name.group(1))));
        }
        assertThat(named).contains("dev.slipway.frontend", "local.exec", "oci.disk", "routing");
        assertThat(named).allSatisfy(name -> assertThat(packages).anyMatch(existing -> existing.endsWith("." + name)));
    }

    @Test
    void everyTestIsInTheModuleThatIsNamed() throws Exception {
        List<MatchResult> named = TEST.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")))
                .results()
                .toList();
        assertThat(named).hasSizeGreaterThan(4);
        for (MatchResult test : named) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(test.group(2)).resolve("src/test"))) {
                assertThat(files.map(Path::getFileName).map(Path::toString))
                        .as(test.group())
                        .contains(test.group(1) + ".java");
            }
        }
    }
}
