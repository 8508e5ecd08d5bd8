package dev.slipway.local.sandbox.choice;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.sandbox.BuiltInSandbox;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.proot.ProotProgram;
import dev.slipway.local.sandbox.proot.ProotSandbox;
import dev.slipway.local.sandbox.runtime.OciSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sandboxes of this machine. Safe for use by several threads. */
public final class Sandboxes {

    /** The name of the sandbox that needs nothing but the kernel. */
    public static final String BUILT_IN = BuiltInSandbox.NAME;

    /** The name of the sandbox that takes no rights. */
    public static final String LAST_RESORT = ProotSandbox.NAME;

    private final Path scratch;
    private final Path machine;
    private final Emulators emulators;
    private final Map<String, Optional<String>> tried = new HashMap<>();
    private Optional<Boolean> restrictsDevices = Optional.empty();
    private List<Candidate> candidates = List.of();
    private Optional<Candidate> lastResort = Optional.empty();

    /**
     * @param scratch an existing folder for what a running step needs, on a file system that programs can be run from
     * @param machine an existing folder that keeps what is found out about this machine
     * @param emulators what runs the programs of other platforms
     */
    public Sandboxes(Path scratch, Path machine, Emulators emulators) {
        this.scratch = scratch.toAbsolutePath();
        this.machine = machine;
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

    /** One of both is there. */
    private record Candidate(String name, Optional<Sandbox> sandbox, Optional<String> problem) {

        static Candidate of(Sandbox sandbox) {
            return new Candidate(sandbox.name(), Optional.of(sandbox), Optional.empty());
        }

        static Candidate without(String name, String problem) {
            return new Candidate(name, Optional.empty(), Optional.of(problem));
        }
    }

    /** Which sandboxes there are, the preferred one first, and why one cannot be used. Each is tried once. */
    public List<Probe> probe() {
        return Stream.concat(candidates().stream().map(this::tried), Stream.of(last()))
                .map(candidate -> new Probe(
                        candidate.name(),
                        candidate.problem(),
                        candidate.sandbox().map(Sandbox::limitations).orElse(List.of())))
                .toList();
    }

    /**
     * The preferred one of the sandboxes that can be used here. What takes no rights is none of them: that is the last resort.
     *
     * @throws ExecutorException if there is none; the message says why
     */
    public Sandbox choose() {
        return candidates().stream()
                .flatMap(candidate -> candidate.sandbox().stream())
                .findFirst()
                .orElseThrow(() -> new ExecutorException("processes cannot be run here: "
                        + candidates().stream()
                                .map(candidate -> candidate.name() + ": "
                                        + candidate.problem().orElse(""))
                                .collect(Collectors.joining("; "))));
    }

    /** Whether this process has the rights that {@link #choose()} asks for. */
    public boolean hasRights() {
        return candidates().stream().anyMatch(candidate -> candidate.sandbox().isPresent());
    }

    /** The names that {@link #choose(String)} takes, the preferred one first. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(BUILT_IN));
        names.addAll(OciSandbox.names());
        names.add(LAST_RESORT);
        return List.copyOf(names);
    }

    /**
     * The sandbox of this name.
     *
     * @throws ExecutorException if it cannot be used here; the message says why
     */
    public Sandbox choose(String name) {
        Candidate candidate = name.equals(LAST_RESORT)
                ? last()
                : tried(candidates().stream()
                        .filter(other -> other.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no sandbox: " + name)));
        return candidate
                .sandbox()
                .orElseThrow(() -> new ExecutorException("sandbox " + name + " cannot be used here: "
                        + candidate.problem().orElse("")));
    }

    /** A runtime is tried when it is asked for by name, for it is none of ours. */
    private synchronized Candidate tried(Candidate candidate) {
        if (candidate.sandbox().orElse(null) instanceof OciSandbox sandbox) {
            return tried.computeIfAbsent(candidate.name(), name -> sandbox.problem(scratch, machine))
                    .map(problem -> Candidate.without(candidate.name(), problem))
                    .orElse(candidate);
        }
        return candidate;
    }

    private synchronized boolean restrictsDevices(Launcher launcher) {
        if (restrictsDevices.isEmpty()) {
            restrictsDevices = Optional.of(DeviceTrial.run(launcher));
        }
        return restrictsDevices.get();
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
            ProotSandbox.removeLeftOver();
        } catch (IOException e) {
            throw new ExecutorException("cannot make the folder " + place + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutorException("looking for a sandbox was interrupted", e);
        }
        Optional<String> problem = SandboxProbe.run(launcher, place);
        boolean rule = problem.isEmpty() && restrictsDevices(launcher);
        List<Candidate> found = new ArrayList<>();
        found.add(candidate(new BuiltInSandbox(launcher, place, emulators, rule), problem));
        for (OciSandbox runtime : OciSandbox.all(launcher, place, emulators, rule)) {
            found.add(candidate(runtime, runtime.isInstalled() ? problem : Optional.of("it is not installed")));
        }
        return List.copyOf(found);
    }

    private static Candidate candidate(Sandbox sandbox, Optional<String> problem) {
        return problem.map(text -> Candidate.without(sandbox.name(), text)).orElseGet(() -> Candidate.of(sandbox));
    }

    private synchronized Candidate last() {
        if (lastResort.isEmpty()) {
            Launcher launcher = Launcher.in(scratch);
            ProotProgram.Trial trial = ProotProgram.find(launcher, scratch);
            lastResort = Optional.of(trial.program()
                    .map(program -> Candidate.of(ProotSandbox.of(
                            launcher, program, scratch, hasRights(), restrictsDevices(launcher), emulators)))
                    .orElseGet(() -> Candidate.without(LAST_RESORT, trial.problem())));
        }
        return lastResort.get();
    }
}
