package dev.slipway.local.emulation;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import dev.slipway.local.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What this machine can run, natively and emulated. Safe for use by several threads. */
public final class Emulators {

    private static final Duration MAX_AGE = Duration.ofSeconds(20);

    private final Path scratch;
    private final Path handlerFolder;
    private Map<String, String> handlers = Map.of();
    private List<PlatformSupport> platforms = List.of();
    private long readAt;

    /** @param scratch an existing folder for what finding out needs, on a file system that programs can be run from */
    public Emulators(Path scratch) {
        this(scratch, BinfmtHandler.FOLDER);
    }

    Emulators(Path scratch, Path handlerFolder) {
        this.scratch = scratch.toAbsolutePath();
        this.handlerFolder = handlerFolder;
    }

    /** The platforms that run here, native ones first. The answer is at most 20 seconds old. */
    public synchronized List<PlatformSupport> platforms() {
        long now = System.nanoTime();
        if (platforms.isEmpty() || now - readAt > MAX_AGE.toNanos()) {
            Map<String, String> registered = BinfmtHandler.readTexts(handlerFolder);
            // Where handlers are shown, nothing changes unless they do.
            if (platforms.isEmpty() || registered.isEmpty() || !registered.equals(handlers)) {
                platforms = find(BinfmtHandler.parse(registered), registered.isEmpty());
                handlers = registered;
            }
            readAt = now;
        }
        return platforms;
    }

    /**
     * How programs of this platform run here.
     *
     * @throws ExecutorException if they do not; the message names the platform and what to do
     */
    public PlatformSupport require(Platform platform) {
        Platform wanted = platform.normalized();
        return platforms().stream()
                .filter(support -> isSame(support.platform(), wanted))
                .findFirst()
                .orElseThrow(() -> new ExecutorException(refusal(wanted)));
    }

    static boolean isSame(Platform one, Platform other) {
        return one.format().equals(other.format());
    }

    private List<PlatformSupport> find(List<BinfmtHandler> known, boolean handlersAreHidden) {
        List<PlatformSupport> found = new ArrayList<>();
        NativePlatforms.list().forEach(platform -> found.add(PlatformSupport.ofNative(platform)));
        Set<ProbeProgram> candidates = EnumSet.allOf(ProbeProgram.class);
        candidates.removeIf(program -> program.platforms().anyMatch(platform -> contains(found, platform)));
        candidates.removeIf(program -> !handlersAreHidden
                && !NativePlatforms.mayRun(program)
                && handler(known, program).isEmpty());

        for (ProbeProgram program : probe(candidates)) {
            Optional<String> emulator = handler(known, program)
                    .map(BinfmtHandler::name)
                    .or(() -> NativePlatforms.mayRun(program) ? Optional.empty() : Optional.of("binfmt_misc"));
            program.platforms().forEach(platform -> found.add(new PlatformSupport(platform, emulator)));
        }
        found.sort((one, other) -> Boolean.compare(other.isNative(), one.isNative()));
        return List.copyOf(found);
    }

    private static boolean contains(List<PlatformSupport> supports, Platform platform) {
        return supports.stream().anyMatch(support -> isSame(support.platform(), platform));
    }

    private static Optional<BinfmtHandler> handler(List<BinfmtHandler> handlers, ProbeProgram program) {
        byte[] file = program.file();
        return handlers.stream()
                .filter(handler -> handler.enabled() && handler.isFixed() && handler.matches(file))
                .findFirst();
    }

    private Set<ProbeProgram> probe(Set<ProbeProgram> candidates) {
        if (candidates.isEmpty() || !Launcher.isSupported()) {
            return Set.of();
        }
        try {
            Path place = Files.createDirectories(scratch.resolve("place"));
            return new PlatformProbe(Launcher.in(scratch), place).run(candidates);
        } catch (IOException e) {
            throw new ExecutorException("cannot make a folder in " + scratch + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutorException("interrupted while finding out which platforms run here", e);
        }
    }

    private String refusal(Platform platform) {
        String name = platform.format();
        if (!platform.os().equals("linux")) {
            return name + " cannot run here: only linux can";
        }
        return BinfmtHandler.parse(BinfmtHandler.readTexts(handlerFolder)).stream()
                .filter(handler ->
                        ProbeProgram.of(platform).stream().anyMatch(program -> handler.matches(program.file())))
                .findFirst()
                .map(handler -> name + " cannot run here: " + handler.problem())
                .orElse(name + " cannot run here: no emulator is registered for it with binfmt_misc;"
                        + " install one, such as the package qemu-user-static");
    }
}
