package dev.slipway.cli;

import dev.slipway.executor.ByteSize;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.TerminalText;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says on standard error which blobs are written, each once. */
final class TransferProgress implements StepMonitor {

    private final boolean quiet;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    TransferProgress(boolean quiet) {
        this.quiet = quiet;
    }

    @Override
    public void warn(String message) {
        System.err.println("WARNING: " + TerminalText.line(message));
    }

    @Override
    public void progress(Activity activity, String part, long current, long total) {
        if (!quiet && seen.add(part)) {
            System.err.println("writing " + part + " (" + ByteSize.format(total) + ")");
        }
    }
}
