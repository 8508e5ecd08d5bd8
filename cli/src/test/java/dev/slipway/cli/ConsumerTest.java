package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs of somebody else, {@code testdata/consumer} and the executor in {@code docs/executors.md}, compile without a warning and
 * run, on the module path and on the class path.
 */
class ConsumerTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path SOURCES = ROOT.resolve("testdata/consumer/src/example.consumer");
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");
    private static final String SERVICES = "META-INF/services/dev.slipway.executor.ExecutorProvider";

    /** What is on the class path of the tests and not on that of a consumer of the library. */
    private static final Pattern OTHERS = Pattern.compile(
            "test-classes|/(cli|executor-testkit)/target/|/org/jspecify/|/org/junit/|/org/assertj/|/info/picocli/");

    /** How a program finds the library. */
    enum Way {
        MODULE_PATH("--module-path", "module path\n"),
        CLASS_PATH("--class-path", "class path\n");

        private final String option;
        private final String words;

        Way(String option, String words) {
            this.option = option;
            this.words = words;
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aProgramBuildsAndReadsAFailure(Way way) throws Exception {
        String path = program(way, libraries());
        assertThat(run(way, path, "Consumer", "local", home()))
                .isEqualTo(way.words + "hello\nlinux/arm64\nEXECUTOR in line 2\n");
    }

    @ParameterizedTest
    @EnumSource
    void aProgramBuildsOnAnExecutorOfSomebodyElse(Way way) throws Exception {
        String path = program(way, executor(way, libraries()));
        assertThat(run(way, path, "Consumer", "logging", home()))
                .isEqualTo(way.words + "hello\nlinux/arm64\nEXECUTOR in line 2\n");
        assertThat(Files.readString(messages())).containsPattern("run \\[.*1/1] COPY greeting /");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("end-to-end")
    void aProgramBuildsForTwoPlatformsAndReadsAFailedStepByItsFields(Way way) throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "needs the alpine base image");
        String path = program(way, libraries());
        assertThat(run(way, path, "TwoPlatforms", ALPINE.toString()).lines())
                .anyMatch(line -> line.contains("RUN --mount=type=secret,id=token") && line.endsWith(": DONE"))
                .endsWith(
                        "6",
                        "STEP in stage broken for [linux/amd64, linux/arm64], exit code 7, line 2: [it is broken]");
    }

    private String home() {
        return folder.resolve("home").toString();
    }

    private Path messages() {
        return folder.resolve("messages");
    }

    /** The library and what it needs to run, without what is here for tests or for the compiler alone. */
    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        !OTHERS.matcher(entry.replace(File.separatorChar, '/')).find())
                .filter(entry -> Files.exists(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The executor of the page, and the path that has it. */
    private String executor(Way way, String path) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("executor-sources"));
        List<String> blocks = JavaBlock.in(ROOT.resolve("docs/executors.md")).stream()
                .map(JavaBlock::code)
                .toList();
        Files.writeString(sources.resolve("LoggingExecutor.java"), first(blocks, "package "));
        Files.writeString(sources.resolve("module-info.java"), first(blocks, "module "));
        Path classes = folder.resolve("executor");
        if (way == Way.CLASS_PATH) {
            Path services = classes.resolve(SERVICES);
            Files.createDirectories(services.getParent());
            Files.writeString(services, "com.example.LoggingExecutor$Provider\n");
        }
        return compile(way, sources, path, classes);
    }

    private static String first(List<String> blocks, String beginning) {
        return blocks.stream()
                .filter(block -> block.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    private String program(Way way, String path) throws IOException {
        return compile(way, SOURCES, path, folder.resolve("program"));
    }

    private static String compile(Way way, Path sources, String path, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none"));
        arguments.addAll(List.of("-d", classes.toString(), way.option, path));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> way == Way.MODULE_PATH || !file.endsWith("module-info.java"))
                    .forEach(file -> arguments.add(file.toString()));
        }
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        int code = ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        assertThat(code).as(messages.toString()).isZero();
        return classes + File.pathSeparator + path;
    }

    private String run(Way way, String path, String name, String... arguments) throws Exception {
        String main = "example.consumer." + name;
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), way.option, path));
        command.addAll(way == Way.MODULE_PATH ? List.of("--module", "example.consumer/" + main) : List.of(main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(messages().toFile());
        builder.environment().put("SLIPWAY_HOME", home());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(Files.readString(messages())).isZero();
        return output;
    }
}
