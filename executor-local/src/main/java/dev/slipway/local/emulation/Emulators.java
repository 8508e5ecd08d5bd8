package dev.slipway.local.emulation;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.llb.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this machine can run, natively and emulated. Safe for use by several threads. */
public final class Emulators {

    private static final Duration MAX_AGE = Duration.ofSeconds(20);

    private final EmulatorSearch search;
    private EmulatorSearch.@Nullable Surroundings surroundings;
    private List<Emulation> emulations = List.of();
    private long checkedAt;

    /**
     * @param scratch an existing folder for what finding out needs, on a file system that programs can be run from
     * @param memory an existing folder in which is kept what was found, for later processes, and in which emulators of our own
     *     are
     */
    public Emulators(Path scratch, Path memory) {
        this(new EmulatorSearch(scratch.toAbsolutePath(), memory, BinfmtHandler.FOLDER, QemuBinary.searchPath(memory)));
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

    /**
     * The emulator of a platform as a program to be named to whoever starts the platform's programs; empty for a native one.
     *
     * @throws ExecutorException if there is none that needs no other file; the message names the platform and what to do
     */
    public Optional<Path> program(Platform platform) {
        Platform wanted = platform.normalized();
        if (ofThisProcessor().anyMatch(other -> isSame(other, wanted))) {
            return Optional.empty();
        }
        QemuBinary emulator = ProbeProgram.of(wanted)
                .map(program -> known().emulators().get(program))
                .orElseThrow(() -> new ExecutorException(refusal(wanted)));
        return Optional.of(emulator.file());
    }

    /** The platforms whose programs can be run by whoever starts their emulators himself, native ones first. */
    public List<PlatformSupport> startable() {
        List<PlatformSupport> platforms = new ArrayList<>();
        ofThisProcessor().forEach(platform -> platforms.add(PlatformSupport.ofNative(platform)));
        known().emulators()
                .forEach((program, emulator) -> program.platforms()
                        .filter(platform -> platforms.stream().noneMatch(known -> isSame(known.platform(), platform)))
                        .toList()
                        .forEach(platform -> platforms.add(PlatformSupport.emulated(platform, emulator.name()))));
        return List.copyOf(platforms);
    }

    /** How each platform runs here that Slipway knows an emulator for, or why it does not. */
    public List<EmulatorStatus> statuses() {
        List<EmulatorStatus> statuses = new ArrayList<>();
        emulations().forEach(emulation -> statuses.add(EmulatorStatus.of(emulation)));
        Stream.of(ProbeProgram.values())
                .flatMap(ProbeProgram::platforms)
                .filter(platform -> statuses.stream().noneMatch(status -> isSame(status.platform(), platform)))
                .toList()
                .forEach(platform -> statuses.add(EmulatorStatus.missing(platform, problem(platform))));
        return List.copyOf(statuses);
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

    /** Programs of 32 bits are another matter: whoever starts programs himself need not know how to start them. */
    private static Stream<Platform> ofThisProcessor() {
        String architecture = Platform.host().architecture();
        return NativePlatforms.list().stream()
                .filter(platform -> platform.architecture().equals(architecture));
    }

    private synchronized EmulatorSearch.Surroundings known() {
        emulations();
        return requireNonNull(surroundings);
    }

    private String refusal(Platform platform) {
        return platform.format() + " cannot run here: "
                + (platform.os().equals("linux") ? problem(platform) : "only linux can");
    }

    private String problem(Platform platform) {
        Optional<ProbeProgram> program = ProbeProgram.of(platform);
        EmulatorSearch.Surroundings current = search.surroundings();
        Optional<String> handler = BinfmtHandler.parse(current.handlers()).stream()
                .filter(candidate ->
                        program.isPresent() && candidate.matches(program.get().file()))
                .findFirst()
                .map(BinfmtHandler::problem);
        Optional<String> emulator = program.map(current.emulators()::get)
                .map(found -> "the emulator " + found.file()
                        + " is not registered with binfmt_misc, and registering it for"
                        + " a step alone needs Linux 6.7 and user namespaces; as root, run: slipway emulators install");
        return handler.or(() -> emulator)
                .orElse("no emulator is registered for it with binfmt_misc; install one: slipway emulators install all"
                        + " --from tonistiigi/binfmt, or a package such as qemu-user-static");
    }

    static boolean isSame(Platform one, Platform other) {
        return one.format().equals(other.format());
    }
}
