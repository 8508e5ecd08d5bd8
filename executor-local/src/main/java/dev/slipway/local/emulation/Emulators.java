package dev.slipway.local.emulation;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What this machine can run, natively and emulated. Safe for use by several threads. */
public final class Emulators {

    private static final Duration MAX_AGE = Duration.ofSeconds(20);

    private final EmulatorSearch search;
    private EmulatorSearch.Surroundings surroundings;
    private List<Emulation> emulations = List.of();
    private long checkedAt;

    /** @param scratch an existing folder for what finding out needs, on a file system that programs can be run from */
    public Emulators(Path scratch) {
        this(new EmulatorSearch(scratch.toAbsolutePath(), BinfmtHandler.FOLDER, QemuBinary.searchPath()));
    }

    Emulators(EmulatorSearch search) {
        this.search = search;
    }

    /** The platforms that run here, native ones first. The answer is at most 20 seconds old. */
    public List<PlatformSupport> platforms() {
        return emulations().stream().map(Emulation::support).toList();
    }

    /**
     * How programs of this platform run here.
     *
     * @throws ExecutorException if they do not; the message names the platform and what to do
     */
    public Emulation require(Platform platform) {
        Platform wanted = platform.normalized();
        return emulations().stream()
                .filter(emulation -> isSame(emulation.support().platform(), wanted))
                .findFirst()
                .orElseThrow(() -> new ExecutorException(refusal(wanted)));
    }

    /** Trying things out takes time: it is done again only if something around has changed. */
    private synchronized List<Emulation> emulations() {
        long now = System.nanoTime();
        if (emulations.isEmpty() || now - checkedAt > MAX_AGE.toNanos()) {
            EmulatorSearch.Surroundings current = search.surroundings();
            if (emulations.isEmpty() || !current.areTelling() || !current.equals(surroundings)) {
                emulations = search.run(current);
                surroundings = current;
            }
            checkedAt = now;
        }
        return emulations;
    }

    private String refusal(Platform platform) {
        String name = platform.format();
        if (!platform.os().equals("linux")) {
            return name + " cannot run here: only linux can";
        }
        return BinfmtHandler.parse(search.surroundings().handlers()).stream()
                .filter(handler ->
                        ProbeProgram.of(platform).stream().anyMatch(program -> handler.matches(program.file())))
                .findFirst()
                .map(handler -> name + " cannot run here: " + handler.problem())
                .orElse(name + " cannot run here: no emulator is registered for it with binfmt_misc;"
                        + " install one, such as the package qemu-user-static");
    }

    static boolean isSame(Platform one, Platform other) {
        return one.format().equals(other.format());
    }
}
