package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of somebody else, {@code testdata/consumer}, compiles and runs on the module path and on the class path. */
class ConsumerTest {

    private static final Path SOURCES =
            Path.of(System.getProperty("slipway.root", ".."), "testdata/consumer/src/example.consumer");
    private static final String MAIN = "example.consumer.Consumer";

    /** What the class path of the tests has that a consumer of the library would not have. */
    private static final List<String> OTHERS = List.of("cli", "executor-testkit");

    @TempDir
    private Path folder;

    @Test
    void aProgramOnTheModulePathBuildsAndReadsAFailure() throws Exception {
        String path = libraries();
        Path classes = compile("--module-path", path);
        String modules = classes + File.pathSeparator + path;
        assertThat(run("--module-path", modules, "--module", "example.consumer/" + MAIN))
                .isEqualTo("module path\nhello\nlinux/arm64\nEXECUTOR in line 2\n");
    }

    @Test
    void aProgramOnTheClassPathBuildsAndReadsAFailure() throws Exception {
        String path = libraries();
        Path classes = compile("--class-path", path);
        assertThat(run("--class-path", classes + File.pathSeparator + path, MAIN))
                .isEqualTo("class path\nhello\nlinux/arm64\nEXECUTOR in line 2\n");
    }

    /** The library and what it needs, without what is here for tests alone. */
    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .filter(entry -> OTHERS.stream()
                        .noneMatch(module -> entry.contains(File.separator + module + File.separator + "target")))
                .filter(entry -> Files.exists(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path compile(String option, String path) throws IOException {
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), option, path));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> option.equals("--module-path") || !file.endsWith("module-info.java"))
                    .forEach(file -> arguments.add(file.toString()));
        }
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        int code = ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        assertThat(code).as(messages.toString()).isZero();
        return classes;
    }

    private String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        command.add(folder.resolve("home").toString());
        Path messages = folder.resolve("messages");
        Process process =
                new ProcessBuilder(command).redirectError(messages.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(Files.readString(messages)).isZero();
        return output;
    }
}
