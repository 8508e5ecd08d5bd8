package dev.slipway.local.worker;

import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The end of what a process writes to its standard error, in case somebody asks why it has ended. */
final class ProcessErrors {

    private static final int KEPT = 4 << 10;
    private static final long PATIENCE_MILLISECONDS = 1000;

    private final LaunchedProcess process;
    private final Thread reader;
    private byte[] end = new byte[0];
    private Optional<FailedCall> failure = Optional.empty();

    private ProcessErrors(LaunchedProcess process) {
        this.process = process;
        this.reader = new Thread(this::read, "slipway-worker-errors");
    }

    static ProcessErrors read(LaunchedProcess process) {
        ProcessErrors errors = new ProcessErrors(process);
        errors.reader.setDaemon(true);
        errors.reader.start();
        return errors;
    }

    private void read() {
        byte[] piece = new byte[KEPT];
        try (InputStream stream = process.errors()) {
            for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
                add(Arrays.copyOf(piece, length));
            }
        } catch (IOException e) {
            // The process was killed.
        }
    }

    private synchronized void add(byte[] piece) {
        if (end.length == 0) {
            failure = process.failure(piece);
        }
        byte[] joined = Arrays.copyOf(end, end.length + piece.length);
        System.arraycopy(piece, 0, joined, end.length, piece.length);
        end = Arrays.copyOfRange(joined, Math.max(0, joined.length - KEPT), joined.length);
    }

    /** Why the process has ended. */
    String reason() {
        try {
            reader.join(PATIENCE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            String text = new String(end, StandardCharsets.UTF_8).strip();
            return failure.map(FailedCall::message).orElse(text.isEmpty() ? "it ended without saying why" : text);
        }
    }
}
