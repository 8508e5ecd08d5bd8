package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/executors.md} shows is the code beside this test, which is compiled and tested. */
class DocumentationTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root"));
    private static final Path TESTS = ROOT.resolve("embed/src/test");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String GAP = "// ...";

    @Test
    void everyBlockOfCodeIsCompiled() throws IOException {
        List<List<String>> sources;
        try (Stream<Path> files = Files.list(TESTS.resolve("java/com/example"))) {
            sources = files.map(DocumentationTest::lines).toList();
        }
        assertThat(blocks("java"))
                .hasSizeGreaterThan(3)
                .filteredOn(block -> !block.startsWith("module ")) // ConsumerTest compiles the module.
                .allSatisfy(block -> assertThat(sources).as(block).anyMatch(source -> containsInOrder(source, block)));
    }

    @Test
    void theExecutorIsRegisteredAsItSays() throws IOException {
        assertThat(blocks("services"))
                .containsExactly(Files.readString(
                        TESTS.resolve("resources/META-INF/services/dev.slipway.executor.ExecutorProvider")));
    }

    @Test
    void theExecutorThatLogsHasUnderFiftyLines() {
        assertThat(lines(TESTS.resolve("java/com/example/LoggingExecutor.java")))
                .hasSizeLessThan(50);
    }

    @Test
    void codeThatIsNotThereIsFound() {
        List<String> source = List.of("one();", "two();");
        assertThat(containsInOrder(source, "one();\n// ...\ntwo();\n")).isTrue();
        assertThat(containsInOrder(source, "two();\none();\n")).isFalse();
        assertThat(containsInOrder(source, "three();\n")).isFalse();
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve("docs/executors.md")))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** A document may leave out lines, and indents as it likes. */
    private static boolean containsInOrder(List<String> source, String block) {
        Iterator<String> rest = source.iterator();
        for (String line : block.lines().map(String::strip).toList()) {
            if (line.equals(GAP)) {
                continue;
            }
            boolean found = false;
            while (!found && rest.hasNext()) {
                found = rest.next().equals(line);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(String::strip).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
