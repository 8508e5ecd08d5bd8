package dev.slipway.local.emulation;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.OPENAT;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import java.nio.file.Path;

/**
 * An emulator that is registered for the programs of one user namespace only, which takes Linux 6.7. Nothing is changed for the
 * rest of the machine.
 */
public final class PrivateHandler {

    private final QemuBinary emulator;
    private final ProbeProgram program;

    PrivateHandler(QemuBinary emulator, ProbeProgram program) {
        this.emulator = emulator;
        this.program = program;
    }

    /** The emulator's name. */
    String name() {
        return emulator.name();
    }

    /** The emulator. */
    Path file() {
        return emulator.file();
    }

    /** Adds the call that opens the emulator, where it can be seen, and says which descriptor that will be. */
    public int open(ChildProgram calls) {
        return calls.open(
                "open " + emulator.file(),
                OPENAT,
                WORKING_FOLDER,
                calls.text(emulator.file()),
                Linux.O_PATH | Linux.O_CLOEXEC,
                0);
    }

    /**
     * Adds the calls that register the emulator, in a user namespace and a mount namespace of the child's own and with
     * {@code /proc} in place.
     *
     * @param descriptor the open emulator
     */
    public void register(ChildProgram calls, int descriptor) {
        long type = calls.text("binfmt_misc");
        long folder = calls.text(BinfmtHandler.FOLDER);
        calls.call("mount a private binfmt_misc (this needs Linux 6.7)", MOUNT, type, folder, type, 0, 0);
        String text = Registration.text(emulator.name(), program, Path.of("/proc/self/fd/" + descriptor));
        calls.write(BinfmtHandler.FOLDER + "/register", text);
    }
}
