package dev.slipway.local.emulation;

import static dev.slipway.local.launch.SystemCall.EXIT_GROUP;
import static dev.slipway.local.launch.SystemCall.MOUNT;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.Platform;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.OwnIds;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Registers emulators for the whole machine, until it is started anew. This takes root's rights. */
public final class EmulatorInstaller {

    private final Path scratch;
    private final Path kept;

    /**
     * @param scratch an existing folder on a file system that programs can be run from
     * @param kept an existing folder for emulators that came in an image
     */
    public EmulatorInstaller(Path scratch, Path kept) {
        this.scratch = scratch.toAbsolutePath();
        this.kept = kept.toAbsolutePath();
    }

    /** Whether this user may register emulators. */
    public static boolean isAllowed() {
        Path register = BinfmtHandler.FOLDER.resolve("register");
        return Launcher.isSupported()
                && (Files.exists(register)
                        ? Files.isWritable(register)
                        : OwnIds.read().isRoot());
    }

    /**
     * The platforms of which an emulator is on this machine, one for each emulator.
     *
     * @param among the platforms that count; none for all
     * @throws ExecutorException if one of them has no emulator here
     */
    public List<Platform> available(Collection<Platform> among) {
        if (among.isEmpty()) {
            return Stream.of(ProbeProgram.values())
                    .filter(program -> find(program).isPresent())
                    .flatMap(program -> program.platforms().limit(1))
                    .toList();
        }
        for (Platform platform : among) {
            if (find(program(platform)).isEmpty()) {
                throw new ExecutorException("there is no static emulator for " + platform.format()
                        + " on this machine; take one from an image (slipway emulators install all --from tonistiigi/binfmt "
                        + platform.architecture() + ") or install a package such as qemu-user-static");
            }
        }
        return List.copyOf(among);
    }

    private Optional<QemuBinary> find(ProbeProgram program) {
        return QemuBinary.find(program.qemuName(), QemuBinary.searchPath(kept));
    }

    /**
     * Registers the emulator of a platform that is on this machine. Its file may be removed afterwards.
     *
     * @return the name it is registered under
     * @throws ExecutorException if there is none that needs no other file, or it cannot be registered
     */
    public String install(Platform platform) throws InterruptedException {
        available(List.of(platform));
        ProbeProgram program = program(platform);
        Path emulator = find(program).orElseThrow().file();
        String name = name(program);
        if (!Files.exists(BinfmtHandler.FOLDER.resolve("register"))) {
            mount();
        }
        if (Files.exists(BinfmtHandler.FOLDER.resolve(name))) {
            unregister(name);
        }
        write(BinfmtHandler.FOLDER.resolve("register"), Registration.text(name, program, emulator.toAbsolutePath()));
        return name;
    }

    /**
     * Removes an emulator: the handler of that name, and the file that came in an image.
     *
     * @return whether there was anything to remove
     * @throws ExecutorException if it cannot be removed
     */
    public boolean uninstall(Platform platform) {
        String name = name(program(platform));
        boolean registered = Files.exists(BinfmtHandler.FOLDER.resolve(name));
        if (registered) {
            unregister(name);
        }
        try {
            return Files.deleteIfExists(kept.resolve(name)) || registered;
        } catch (IOException e) {
            throw new ExecutorException("cannot remove " + kept.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    /** The platforms that Slipway knows an emulator for, one for each emulator. */
    public static List<Platform> known() {
        return Stream.of(ProbeProgram.values())
                .flatMap(program -> program.platforms().limit(1))
                .toList();
    }

    private static void unregister(String name) {
        write(BinfmtHandler.FOLDER.resolve(name), "-1");
    }

    private static String name(ProbeProgram program) {
        return "qemu-" + program.qemuName();
    }

    static ProbeProgram program(Platform platform) {
        return ProbeProgram.of(platform.normalized())
                .orElseThrow(() -> new ExecutorException("no emulator is known for " + platform.format()));
    }

    private void mount() throws InterruptedException {
        Launcher launcher = Launcher.in(scratch);
        ChildProgram program = launcher.program();
        long type = program.text("binfmt_misc");
        String folder = BinfmtHandler.FOLDER.toString();
        program.call("mount " + folder, MOUNT, type, program.text(folder), type, 0, 0);
        program.call("end", EXIT_GROUP, 0);
        LaunchedProcess process = launcher.start(program);
        try {
            Optional<FailedCall> failed = process.failure(process.errors().readAllBytes());
            process.waitFor();
            failed.ifPresent(call -> {
                throw new ExecutorException("cannot " + call.message());
            });
        } catch (IOException e) {
            throw new ExecutorException("cannot mount " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The kernel takes each text in one piece. */
    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new ExecutorException(
                    "cannot write to " + file + ": this needs root; without it, each step registers"
                            + " its emulator for itself, on Linux 6.7 and newer",
                    e);
        } catch (IOException e) {
            throw new ExecutorException("cannot write to " + file + ": " + e.getMessage(), e);
        }
    }
}
