package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Runs programs and watches how much memory they take. */
final class Program {

    private static final int LOOK_EVERY_MILLIS = 10;

    private static final int PATIENCE_SECONDS = 180;

    private final int patience;
    private long peak;

    Program() {
        this(PATIENCE_SECONDS);
    }

    /** @param patience after how many seconds a command is given up */
    Program(int patience) {
        this.patience = patience;
    }

    /**
     * Runs a command to its end.
     *
     * @throws IOException if it fails, with what it said, or takes too long
     */
    void run(List<String> command) throws IOException, InterruptedException {
        run(Map.of(), command);
    }

    /**
     * Runs a command to its end.
     *
     * @param environment what is added to the environment
     * @throws IOException if it fails, with what it said, or takes too long
     */
    void run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("benchmark", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            long start = System.nanoTime();
            Process process = builder.start();
            try {
                while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    peak = Math.max(peak, Memory.peak(process.pid()).orElse(0));
                    if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(patience)) {
                        throw new IOException(String.join(" ", command) + ": not done after " + patience + " s");
                    }
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": exit code " + process.exitValue() + "\n"
                        + Files.readString(log));
            }
        } finally {
            Files.delete(log);
        }
    }

    /** Why a command does not work, or an empty text. */
    String absence(String... command) {
        try {
            run(List.of(command));
            return "";
        } catch (IOException e) {
            return e.getMessage().lines().findFirst().orElse("it does not work");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** The most memory that one of the commands had, in bytes; those that they started do not count. */
    OptionalLong peakMemory() {
        return peak == 0 ? OptionalLong.empty() : OptionalLong.of(peak);
    }

    void forgetPeakMemory() {
        peak = 0;
    }
}
