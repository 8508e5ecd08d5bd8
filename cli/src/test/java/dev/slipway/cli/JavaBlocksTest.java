package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java in the README, in those of the modules and in the docs compiles. The page on executors has its own test. */
class JavaBlocksTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));

    @TempDir
    private static Path folder;

    private static List<Path> texts() throws Exception {
        List<Path> texts = new ArrayList<>();
        for (Path parent : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(parent)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.endsWith("executors.md"))
                        .forEach(texts::add);
            }
        }
        try (Stream<Path> modules = Files.list(ROOT)) {
            modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .map(module -> module.resolve("README.md"))
                    .filter(Files::exists)
                    .forEach(texts::add);
        }
        return texts;
    }

    @TestFactory
    List<DynamicTest> everyBlockOfJavaCompiles() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path text : texts()) {
            List<JavaBlock> blocks = JavaBlock.in(text);
            for (int i = 0; i < blocks.size(); i++) {
                JavaBlock block = blocks.get(i);
                String name = ROOT.relativize(text) + " " + (i + 1);
                tests.add(
                        DynamicTest.dynamicTest(name, () -> block.compile(Files.createTempDirectory(folder, "block"))));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    @TestFactory
    Stream<DynamicTest> everyModuleHasAReadme() throws Exception {
        return Stream.of(Files.readString(ROOT.resolve("pom.xml")).split("<module>"))
                .skip(1)
                .map(rest -> rest.substring(0, rest.indexOf('<')))
                .map(module -> DynamicTest.dynamicTest(
                        module,
                        () -> assertThat(ROOT.resolve(module).resolve("README.md"))
                                .exists()));
    }
}
