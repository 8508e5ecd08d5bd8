package dev.slipway.routing;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.UnsupportedPlatformException;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Assigns each target platform to the executor that runs most of its steps natively. */
public final class Router {

    private static final String MACHINE =
            "in a machine of that system, such as a virtual one or WSL, or without RUN: all other instructions work here";

    private static final String EMULATOR =
            "install an emulator (slipway emulators install all --from tonistiigi/binfmt, or on Debian and Ubuntu apt-get"
                    + " install qemu-user-static) or build the stage with FROM --platform=$BUILDPLATFORM and cross-compile";

    private Router() {}

    /**
     * Chooses an executor for each platform.
     *
     * @param definitions what is to be built, by target platform
     * @param candidates at least one; of equally good ones the first is chosen
     * @throws UnsupportedPlatformException if no executor can run all steps of a platform
     */
    public static Map<Platform, BuildExecutor> route(
            Map<Platform, Definition> definitions, List<Candidate> candidates) {
        Map<Platform, BuildExecutor> routes = new LinkedHashMap<>();
        definitions.forEach((platform, definition) -> routes.put(platform, choose(platform, definition, candidates)));
        return routes;
    }

    private static BuildExecutor choose(Platform target, Definition definition, List<Candidate> candidates) {
        List<BuildExecutor> executors = candidates.stream()
                .filter(candidate -> candidate.takes(target))
                .map(Candidate::executor)
                .toList();
        if (executors.isEmpty()) {
            throw new ExecutorException(
                    "no executor may build images for " + target.formatAll() + "; give the platform to one of them");
        }
        Map<Platform, Vertex> needed = new LinkedHashMap<>();
        definition
                .vertices()
                .forEach(
                        vertex -> Placement.needed(vertex).ifPresent(platform -> needed.putIfAbsent(platform, vertex)));
        BuildExecutor best = null;
        int fewestEmulated = Integer.MAX_VALUE;
        Set<Platform> impossible = new LinkedHashSet<>();
        for (BuildExecutor executor : executors) {
            int emulated = 0;
            boolean able = true;
            for (Platform platform : needed.keySet()) {
                Optional<PlatformSupport> support = Placement.of(platform, executor);
                if (support.isEmpty()) {
                    able = false;
                    impossible.add(platform);
                } else if (!support.get().isNative()) {
                    emulated++;
                }
            }
            if (able && emulated < fewestEmulated) {
                best = executor;
                fewestEmulated = emulated;
            }
        }
        if (best == null) {
            Platform platform = impossible.iterator().next();
            throw new UnsupportedPlatformException(
                    problem(platform, executors), platform, requireNonNull(needed.get(platform)));
        }
        return best;
    }

    private static String problem(Platform platform, List<BuildExecutor> executors) {
        boolean otherSystem = executors.stream()
                .flatMap(executor -> executor.platforms().stream())
                .noneMatch(support -> support.platform().os().equals(platform.os()));
        // Of another system than theirs no emulator helps.
        String advice = otherSystem
                ? "processes for " + platform.os() + " do not run on other systems: build " + MACHINE
                : EMULATOR;
        return "no executor can run this step, which needs " + platform.formatAll() + ": " + describe(executors) + "; "
                + advice;
    }

    private static String describe(List<BuildExecutor> executors) {
        return executors.stream()
                .map(executor -> "executor " + executor.name() + " runs "
                        + executor.platforms().stream()
                                .map(Router::describe)
                                .distinct()
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private static String describe(PlatformSupport support) {
        return support.platform().formatAll()
                + support.emulator()
                        .map(emulator -> " (emulated by " + emulator + ")")
                        .orElse("");
    }
}
