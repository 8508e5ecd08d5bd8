package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import java.nio.file.Path;
import java.util.List;

/**
 * What of this machine a process has, beyond files.
 *
 * @param devices its devices, and what comes with them
 * @param groups the files to which it writes to enter its control groups; none if it shares those of this program
 */
public record Provisions(ContainerEdits devices, List<Path> groups) {

    /** What every process has. */
    public static final Provisions NONE = new Provisions(ContainerEdits.NONE, List.of());

    public Provisions {
        requireNonNull(devices, "devices is null");
        groups = List.copyOf(groups);
    }

    /** Adds the calls that enter the control groups. What is started later is in them too. */
    void enterGroups(ChildProgram program) {
        for (Path group : groups) {
            String description = "enter the control group " + group.getParent();
            int file = program.open(
                    description,
                    SystemCall.OPENAT,
                    ChildProgram.WORKING_FOLDER,
                    program.text(group),
                    Linux.O_WRONLY | Linux.O_CLOEXEC,
                    0);
            program.call(description, SystemCall.WRITE, file, program.text("0"), 1)
                    .close(file);
        }
    }
}
