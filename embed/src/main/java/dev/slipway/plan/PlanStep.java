package dev.slipway.plan;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.util.List;
import java.util.Optional;

/**
 * One step of a plan.
 *
 * @param number its number, from 1; each step comes after its inputs
 * @param digest the digest of the vertex
 * @param name its name, such as {@code [linux/amd64 build 2/2] RUN make}
 * @param platforms the target platforms whose images need it
 * @param executor the executor that would run it
 * @param process the platform of the process, for steps that run one
 * @param emulator the emulator of that platform, if it is not native
 * @param sandbox the sandbox of the process, for steps that would run one
 * @param problem why the process cannot run, for steps that would run one
 * @param inputs the numbers of the steps whose results it uses
 * @param fate what would happen to it
 */
public record PlanStep(
        int number,
        Digest digest,
        String name,
        List<Platform> platforms,
        String executor,
        Optional<Platform> process,
        Optional<String> emulator,
        Optional<String> sandbox,
        Optional<String> problem,
        List<Integer> inputs,
        Fate fate) {

    public PlanStep {
        requireNonNull(digest, "digest is null");
        requireNonNull(name, "name is null");
        platforms = List.copyOf(requireNonNull(platforms, "platforms is null"));
        requireNonNull(executor, "executor is null");
        requireNonNull(process, "process is null");
        requireNonNull(emulator, "emulator is null");
        requireNonNull(sandbox, "sandbox is null");
        requireNonNull(problem, "problem is null");
        inputs = List.copyOf(requireNonNull(inputs, "inputs is null"));
        requireNonNull(fate, "fate is null");
    }

    /** What would happen to a step. */
    public enum Fate {
        /** The step would run. */
        RUN,
        /** An earlier result would be used. */
        CACHED,
        /** The step would be skipped, because everything that needs it has an earlier result. */
        SKIPPED
    }

    /**
     * Where the step would run, for people: {@code native}, {@code emulated by qemu-aarch64}, {@code nowhere} or {@code no
     * process}.
     */
    public String place() {
        if (process.isEmpty()) {
            return "no process";
        }
        if (problem.isPresent()) {
            return "nowhere";
        }
        return emulator.map(name -> "emulated by " + name).orElse("native");
    }
}
