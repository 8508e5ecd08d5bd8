package dev.slipway.local.emulation;

import static dev.slipway.local.launch.SystemCall.EXIT_GROUP;
import static dev.slipway.local.launch.SystemCall.MOUNT;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.Platform;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Registers emulators for the whole machine, until it is started anew. This takes root's rights. */
public final class EmulatorInstaller {

    private final Path scratch;

    /** @param scratch an existing folder on a file system that programs can be run from */
    public EmulatorInstaller(Path scratch) {
        this.scratch = scratch.toAbsolutePath();
    }

    /**
     * Registers the emulator of a platform that is on this machine.
     *
     * @return the name it is registered under
     * @throws ExecutorException if there is none that needs no other file, or it cannot be registered
     */
    public String install(Platform platform) throws InterruptedException {
        ProbeProgram program = program(platform);
        QemuBinary emulator = QemuBinary.find(program.qemuName(), QemuBinary.searchPath())
                .orElseThrow(() -> new ExecutorException("there is no static emulator for " + platform.format()
                        + " on this machine; install one, such as the package qemu-user-static"));
        return install(platform, emulator.file());
    }

    /**
     * Registers an emulator. Its file may be removed afterwards.
     *
     * @return the name it is registered under
     * @throws ExecutorException if it cannot be registered
     */
    public String install(Platform platform, Path emulator) throws InterruptedException {
        ProbeProgram program = program(platform);
        String name = "qemu-" + program.qemuName();
        if (!Files.exists(BinfmtHandler.FOLDER.resolve("register"))) {
            mount();
        }
        if (Files.exists(BinfmtHandler.FOLDER.resolve(name))) {
            uninstall(name);
        }
        write(BinfmtHandler.FOLDER.resolve("register"), Registration.text(name, program, emulator.toAbsolutePath()));
        return name;
    }

    /**
     * Removes a handler.
     *
     * @throws ExecutorException if there is none of that name, or it cannot be removed
     */
    public void uninstall(String name) {
        write(BinfmtHandler.FOLDER.resolve(name), "-1");
    }

    private static ProbeProgram program(Platform platform) {
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
            throw new ExecutorException("cannot write to " + file + ": this takes root's rights", e);
        } catch (IOException e) {
            throw new ExecutorException("cannot write to " + file + ": " + e.getMessage(), e);
        }
    }
}
