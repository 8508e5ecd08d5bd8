package dev.slipway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command as a process of its own, as users do. */
final class SlipwayProcess {

    private static final long TIMEOUT_SECONDS = 300;

    private SlipwayProcess() {}

    /**
     * What a run left.
     *
     * @param exitCode the exit code
     * @param bytes what it wrote to standard output
     * @param err what it wrote to standard error
     */
    record Outcome(int exitCode, byte[] bytes, String err) {

        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static Outcome run(Path home, String... arguments) throws IOException, InterruptedException {
        return run(home, new byte[0], arguments);
    }

    /** @param input what it reads from standard input */
    static Outcome run(Path home, byte[] input, String... arguments) throws IOException, InterruptedException {
        return run(home, input, Map.of(), arguments);
    }

    /** @param environment variables that are other than those of the tests */
    static Outcome run(Path home, byte[] input, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command(arguments);
        Path out = Files.createTempFile("slipway", ".out");
        Path err = Files.createTempFile("slipway", ".err");
        Path in = Files.write(Files.createTempFile("slipway", ".in"), input);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("SLIPWAY_HOME", home.toString());
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + TIMEOUT_SECONDS + " s: " + command);
            }
            return new Outcome(
                    process.exitValue(), Files.readAllBytes(out), Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
            Files.delete(in);
        }
    }

    /** Starts the command, and does not wait for its end. What it says goes to a file. */
    static Process start(Path home, Path err, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile());
        builder.environment().put("SLIPWAY_HOME", home.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /** The command line of a process that runs the command. */
    static List<String> command(String... arguments) {
        // Whoever runs the tests in the background ignores signals, and all below inherit that.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                // It ends by itself, however busy the machine is, or the test waits for it in vain.
                "-Dslipway.interruption.patience=" + TIMEOUT_SECONDS * 1000,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
