package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.emulation.Emulators;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sandboxes of this machine. */
public final class Sandboxes {

    private final Path scratch;
    private final Emulators emulators;

    /**
     * @param scratch an existing folder for what a running step needs; a killed process may leave folders in it, which nobody
     *     needs any more
     * @param emulators what runs the programs of other platforms
     */
    public Sandboxes(Path scratch, Emulators emulators) {
        this.scratch = scratch;
        this.emulators = emulators;
    }

    /** Which sandboxes there are, the preferred one first, and why one cannot be used. */
    public List<Probe> probe() {
        return List.of();
    }

    /** The best sandbox that can be used here. */
    public Sandbox choose() {
        throw refused("no sandbox can be used here");
    }

    /**
     * The sandbox of this name.
     *
     * @throws ExecutorException if there is none of that name, or it cannot be used here; the message says why
     */
    public Sandbox choose(String name) {
        throw refused("sandbox " + name + " cannot be used here");
    }

    private ExecutorException refused(String problem) {
        String reasons = probe().stream()
                .map(probe -> probe.name() + ": " + probe.problem().orElse("usable"))
                .collect(Collectors.joining("; "));
        return new ExecutorException(problem + " (" + reasons + ")");
    }

    /**
     * Whether a sandbox can be used.
     *
     * @param name the sandbox
     * @param problem why it cannot be used and what to do; empty if it can
     * @param limitations what it cannot confine
     */
    public record Probe(String name, Optional<String> problem, List<String> limitations) {

        public Probe {
            limitations = List.copyOf(limitations);
        }
    }
}
