package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a checkout that has to be compiled, with stand-ins for Maven and Java. */
@Tag("end-to-end")
class LauncherCompilationTest {

    private static final Path LAUNCHER =
            Path.of(System.getProperty("slipway.root", ".."), "slipway").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path checkout;
    private Path begun;
    private Path go;

    @BeforeEach
    void makeCheckout() throws Exception {
        checkout = Files.createDirectories(folder.resolve("checkout"));
        begun = folder.resolve("begun");
        go = folder.resolve("go");
        Files.createDirectories(checkout.resolve("cli/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        Files.writeString(checkout.resolve("cli/pom.xml"), "");
        Files.copy(LAUNCHER, checkout.resolve("slipway"));
        program(
                "jdk/bin/java",
                "for option; do",
                "case $option in -XX:DumpLoadedClassList=*) touch \"${option#*=}\" ;; esac",
                "done",
                "echo ran");
        program(
                "bin/mvn",
                "echo compiled >> " + begun,
                "until [ -e " + go + " ]; do sleep 0.1; done",
                "mkdir -p cli/target/lib",
                "touch cli/target/lib/some.jar");
    }

    @Test
    void ofTwoThatStartAtOnceOneCompilesAndTheOtherWaits() throws Exception {
        Process first = start();
        waitUntil(() -> Files.exists(begun));
        Process second = start();
        // It waits for the lock, or compiles as well.
        waitUntil(() -> waitsForLock(second) || Files.readAllLines(begun).size() > 1);
        Files.createFile(go);

        assertThat(output(first)).endsWith("ran\n");
        assertThat(output(second)).isEqualTo("ran\n");
        assertThat(begun).hasContent("compiled");
        assertThat(checkout.resolve("cli/target/lib"))
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("class-path."));
    }

    @Test
    void whatDoesNotCompileEndsTheCommand() throws Exception {
        program("bin/mvn", "exit 1");

        Process process = start();

        assertThat(output(process)).doesNotContain("ran").endsWith("slipway: it did not compile; see above\n");
        assertThat(process.waitFor()).isOne();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void waitUntil(Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(5));
            Thread.sleep(20);
        }
    }

    private static boolean waitsForLock(Process launcher) {
        return launcher.descendants()
                .anyMatch(child -> child.info().command().orElse("").endsWith("/flock"));
    }

    private Process start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(checkout.resolve("slipway").toString()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
        return builder.start();
    }

    private static String output(Process process) throws Exception {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void program(String name, String... lines) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", List.of(lines)) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
