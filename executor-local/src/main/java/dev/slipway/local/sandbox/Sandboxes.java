package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sandboxes of this machine. Safe for use by several threads. */
public final class Sandboxes {

    /** The name of the sandbox that needs nothing but the kernel. */
    public static final String BUILT_IN = BuiltInSandbox.NAME;

    private final Path scratch;
    private final Emulators emulators;
    private List<Candidate> candidates = List.of();

    /**
     * @param scratch an existing folder for what a running step needs, on a file system that programs can be run from
     * @param emulators what runs the programs of other platforms
     */
    public Sandboxes(Path scratch, Emulators emulators) {
        this.scratch = scratch.toAbsolutePath();
        this.emulators = emulators;
    }

    /**
     * Whether a sandbox can be used.
     *
     * @param name the sandbox
     * @param problem why it cannot be used; empty if it can
     * @param limitations what it cannot confine
     */
    public record Probe(String name, Optional<String> problem, List<String> limitations) {

        public Probe {
            limitations = List.copyOf(limitations);
        }
    }

    private record Candidate(Sandbox sandbox, Optional<String> problem) {}

    /** Which sandboxes there are, the preferred one first, and why one cannot be used. Each is tried once. */
    public List<Probe> probe() {
        return candidates().stream()
                .map(candidate -> new Probe(
                        candidate.sandbox().name(),
                        candidate.problem(),
                        candidate.sandbox().limitations()))
                .toList();
    }

    /**
     * The preferred one of the sandboxes that can be used here. What takes no rights is none of them: that is the last resort.
     *
     * @throws ExecutorException if there is none; the message says why
     */
    public Sandbox choose() {
        return candidates().stream()
                .filter(candidate -> candidate.problem().isEmpty())
                .filter(candidate -> !isLastResort(candidate))
                .findFirst()
                .map(Candidate::sandbox)
                .orElseThrow(() -> new ExecutorException("no process can be run here: "
                        + candidates().stream()
                                .map(candidate -> candidate.sandbox().name() + ": "
                                        + candidate.problem().orElse(""))
                                .collect(Collectors.joining("; "))));
    }

    /** Whether this process has the rights that {@link #choose()} asks for. */
    public boolean hasRights() {
        return candidates().stream()
                .anyMatch(candidate ->
                        !isLastResort(candidate) && candidate.problem().isEmpty());
    }

    /** What can be used where no other sandbox can, if it is there. */
    public Optional<Sandbox> lastResort() {
        return candidates().stream()
                .filter(candidate ->
                        isLastResort(candidate) && candidate.problem().isEmpty())
                .map(Candidate::sandbox)
                .findFirst();
    }

    private static boolean isLastResort(Candidate candidate) {
        return candidate.sandbox().name().equals(ProotProgram.NAME);
    }

    /**
     * The sandbox of this name.
     *
     * @throws ExecutorException if there is none of that name, or it cannot be used here; the message says why
     */
    public Sandbox choose(String name) {
        Candidate candidate = candidates().stream()
                .filter(other -> other.sandbox().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ExecutorException("unknown sandbox " + name + "; there are "
                        + candidates().stream()
                                .map(other -> other.sandbox().name())
                                .collect(Collectors.joining(", "))));
        candidate.problem().ifPresent(problem -> {
            throw new ExecutorException("sandbox " + name + " cannot be used here: " + problem);
        });
        return candidate.sandbox();
    }

    private synchronized List<Candidate> candidates() {
        if (candidates.isEmpty()) {
            candidates = find();
        }
        return candidates;
    }

    private List<Candidate> find() {
        Launcher launcher = Launcher.in(scratch);
        Path place = scratch.resolve("place");
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw new ExecutorException("cannot make the folder " + place + ": " + e.getMessage(), e);
        }
        Optional<String> problem = SandboxProbe.run(launcher, place);
        List<Candidate> found = new ArrayList<>();
        found.add(new Candidate(new BuiltInSandbox(launcher, place, emulators), problem));
        for (OciRuntime runtime : OciRuntime.all()) {
            Optional<String> missing = runtime.program().isPresent() ? problem : Optional.of("it is not installed");
            found.add(new Candidate(new OciSandbox(runtime, launcher, place, emulators), missing));
        }
        Optional<String> missing =
                ProotProgram.find().isPresent() ? Optional.empty() : Optional.of("it is not installed");
        found.add(new Candidate(new ProotSandbox(launcher, scratch, emulators), missing));
        return List.copyOf(found);
    }
}
