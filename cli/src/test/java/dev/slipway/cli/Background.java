package dev.slipway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process that runs beside the test. What it prints goes to a file. */
final class Background {

    private static final long TIMEOUT_SECONDS = 300;

    private final Process process;
    private final Path output;

    private Background(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The words that start the command. */
    static List<String> words(String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.cli.Main"));
        words.addAll(List.of(arguments));
        return words;
    }

    static Background start(Path home, String... arguments) throws IOException {
        return start(home, words(arguments));
    }

    static Background start(Path home, List<String> words) throws IOException {
        Path output = Files.createTempFile("slipway", ".out");
        output.toFile().deleteOnExit();
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("SLIPWAY_HOME", home.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Background(builder.start(), output);
    }

    /** Ends it as nothing else does: SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end and returns the exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s");
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
