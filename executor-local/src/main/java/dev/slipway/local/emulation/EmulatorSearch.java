package dev.slipway.local.emulation;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import dev.slipway.local.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out what runs here: by itself, through a registered handler, through an emulator that is there but not registered. */
final class EmulatorSearch {

    private final Path scratch;
    private final Path memory;
    private final Path handlerFolder;
    private final List<Path> searchPath;

    EmulatorSearch(Path scratch, Path memory, Path handlerFolder, List<Path> searchPath) {
        this.scratch = scratch;
        this.memory = memory;
        this.handlerFolder = handlerFolder;
        this.searchPath = List.copyOf(searchPath);
    }

    /**
     * What the answer depends on.
     *
     * @param handlers what is registered with binfmt_misc, by name
     * @param emulators the emulators that could be registered
     */
    record Surroundings(Map<String, String> handlers, Map<ProbeProgram, QemuBinary> emulators) {

        /** Whether all is known: where handlers are hidden, they may change unseen. */
        boolean areTelling() {
            return !handlers.isEmpty();
        }
    }

    Surroundings surroundings() {
        Map<ProbeProgram, QemuBinary> emulators = new EnumMap<>(ProbeProgram.class);
        for (ProbeProgram program : ProbeProgram.values()) {
            QemuBinary.find(program.qemuName(), searchPath).ifPresent(emulator -> emulators.put(program, emulator));
        }
        return new Surroundings(BinfmtHandler.readTexts(handlerFolder), emulators);
    }

    /** What runs, native platforms first. */
    List<Emulation> run(Surroundings surroundings) {
        EmulatorCache cache = new EmulatorCache(memory.resolve("platforms"));
        return cache.load(surroundings).orElseGet(() -> {
            List<Emulation> found = tryAll(surroundings);
            cache.save(surroundings, found);
            return found;
        });
    }

    private List<Emulation> tryAll(Surroundings surroundings) {
        List<Emulation> found = new ArrayList<>();
        NativePlatforms.list().forEach(platform -> add(found, PlatformSupport.ofNative(platform), Optional.empty()));
        if (!Launcher.isSupportedIn(scratch)) {
            return List.copyOf(found);
        }
        Set<ProbeProgram> missing = EnumSet.allOf(ProbeProgram.class);
        missing.removeIf(program -> program.platforms().anyMatch(platform -> contains(found, platform)));
        try {
            Path place = Files.createDirectories(scratch.resolve("place"));
            PlatformProbe probe = new PlatformProbe(Launcher.in(scratch), place);
            missing.removeAll(addRunning(found, missing, surroundings, probe));
            addPrivate(found, missing, surroundings, probe);
        } catch (IOException e) {
            throw new ExecutorException("cannot make a folder in " + scratch + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutorException("interrupted while finding out which platforms run here", e);
        }
        found.sort((one, other) ->
                Boolean.compare(other.support().isNative(), one.support().isNative()));
        return List.copyOf(found);
    }

    private Set<ProbeProgram> addRunning(
            List<Emulation> found, Set<ProbeProgram> missing, Surroundings surroundings, PlatformProbe probe)
            throws InterruptedException {
        List<BinfmtHandler> handlers = BinfmtHandler.parse(surroundings.handlers());
        Set<ProbeProgram> candidates = EnumSet.noneOf(ProbeProgram.class);
        for (ProbeProgram program : missing) {
            boolean mayRun = NativePlatforms.mayRun(program)
                    || handler(handlers, program).isPresent();
            if (mayRun || !surroundings.areTelling()) {
                candidates.add(program);
            }
        }
        Set<ProbeProgram> running = probe.run(candidates);
        for (ProbeProgram program : running) {
            Optional<String> emulator = handler(handlers, program)
                    .map(BinfmtHandler::name)
                    .or(() -> NativePlatforms.mayRun(program) ? Optional.empty() : Optional.of("binfmt_misc"));
            program.platforms()
                    .forEach(platform -> add(found, new PlatformSupport(platform, emulator), Optional.empty()));
        }
        return running;
    }

    /** Whether private handlers are possible depends on the kernel alone, so that one of them is tried for all. */
    private void addPrivate(
            List<Emulation> found, Set<ProbeProgram> missing, Surroundings surroundings, PlatformProbe probe)
            throws InterruptedException {
        Map<ProbeProgram, PrivateHandler> handlers = new EnumMap<>(ProbeProgram.class);
        surroundings.emulators().forEach((program, emulator) -> {
            if (missing.contains(program)) {
                handlers.put(program, new PrivateHandler(emulator, program));
            }
        });
        Optional<ProbeProgram> first = handlers.keySet().stream().findFirst();
        if (first.isPresent() && probe.runs(first.get(), requireNonNull(handlers.get(first.get())))) {
            handlers.forEach((program, handler) -> program.platforms()
                    .forEach(platform ->
                            add(found, PlatformSupport.emulated(platform, handler.name()), Optional.of(handler))));
        }
    }

    private static void add(List<Emulation> found, PlatformSupport support, Optional<PrivateHandler> handler) {
        found.add(new Emulation(support, handler));
    }

    private static boolean contains(List<Emulation> found, Platform platform) {
        return found.stream()
                .anyMatch(emulation -> Emulators.isSame(emulation.support().platform(), platform));
    }

    private static Optional<BinfmtHandler> handler(List<BinfmtHandler> handlers, ProbeProgram program) {
        byte[] file = program.file();
        return handlers.stream()
                .filter(handler -> handler.enabled() && handler.isFixed() && handler.matches(file))
                .findFirst();
    }
}
