package dev.slipway.local.sandbox.runtime;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.sandbox.Messages;
import dev.slipway.local.sandbox.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an OCI runtime itself has to say. The exit code does not tell its failure from that of the process it runs. */
record OciLog(Path file) implements AutoCloseable {

    private static final Pattern MESSAGE = Pattern.compile("\"msg\":\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern ERROR = Pattern.compile("\"level\":\\s*\"(error|fatal)\"");

    /** Makes an empty file. */
    static OciLog create() {
        try {
            return new OciLog(Files.createTempFile("slipway", ".log"));
        } catch (IOException e) {
            throw new ExecutorException("cannot make a log file: " + e.getMessage(), e);
        }
    }

    /**
     * Looks whether the runtime has failed.
     *
     * @throws ExecutorException if it has, with what it says
     */
    void check(SandboxRequest request) {
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher message = MESSAGE.matcher(line);
                if (ERROR.matcher(line).find() && message.find()) {
                    String text = message.group(1).replaceAll("\\\\(.)", "$1");
                    throw Messages.notStarted(request, text);
                }
            }
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ExecutorException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
