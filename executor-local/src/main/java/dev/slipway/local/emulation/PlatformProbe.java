package dev.slipway.local.emulation;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.CHROOT;
import static dev.slipway.local.launch.SystemCall.EXECVE;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.OPENAT;
import static dev.slipway.local.launch.SystemCall.WRITE;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.OwnIds;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out what runs here by running it, in an empty root: what is found there, is found in every root. */
final class PlatformProbe {

    private final Launcher launcher;
    private final Path place;
    private final OwnIds ids = OwnIds.read();

    /** @param place an empty folder */
    PlatformProbe(Launcher launcher, Path place) {
        this.launcher = launcher;
        this.place = place;
    }

    /** Those of the programs that run by themselves or through a registered handler. */
    Set<ProbeProgram> run(Set<ProbeProgram> candidates) throws InterruptedException {
        Map<ProbeProgram, LaunchedProcess> processes = new EnumMap<>(ProbeProgram.class);
        for (ProbeProgram candidate : candidates) {
            processes.put(candidate, launcher.start(program(candidate, Optional.empty())));
        }
        Set<ProbeProgram> running = EnumSet.noneOf(ProbeProgram.class);
        for (Map.Entry<ProbeProgram, LaunchedProcess> process : processes.entrySet()) {
            if (process.getValue().waitFor() == ProbeProgram.EXIT_CODE) {
                running.add(process.getKey());
            }
        }
        return running;
    }

    /** Whether a program runs through a private handler. */
    boolean runs(ProbeProgram probe, PrivateHandler handler) throws InterruptedException {
        return launcher.start(program(probe, Optional.of(handler))).waitFor() == ProbeProgram.EXIT_CODE;
    }

    private ChildProgram program(ProbeProgram probe, Optional<PrivateHandler> handler) {
        ChildProgram program = launcher.program();
        if (ids.isRoot() && handler.isEmpty()) {
            program.fork("make a mount namespace", Linux.CLONE_NEWNS);
        } else {
            program.fork("make a user namespace", Linux.CLONE_NEWUSER | Linux.CLONE_NEWNS);
            ids.becomeRoot(program);
        }
        long root = program.text(place);
        program.call("make mounts private", MOUNT, 0, program.text("/"), 0, Linux.MS_REC | Linux.MS_PRIVATE, 0);
        handler.ifPresent(emulator -> {
            int descriptor = emulator.open(program);
            emulator.register(program, descriptor);
            program.close(descriptor);
        });
        program.call("mount a folder in memory", MOUNT, root, root, program.text("tmpfs"), 0, 0);
        program.call("enter it", CHROOT, root);

        long path = program.text("/probe");
        byte[] file = probe.file();
        long flags = Linux.O_CREAT | Linux.O_WRONLY | Linux.O_CLOEXEC;
        int descriptor = program.open("make the program", OPENAT, WORKING_FOLDER, path, flags, 0755);
        program.call("write the program", WRITE, descriptor, program.bytes(file), file.length);
        program.close(descriptor);
        program.call("run the program", EXECVE, path, program.texts(List.of("/probe")), program.texts(List.of()));
        return program;
    }
}
