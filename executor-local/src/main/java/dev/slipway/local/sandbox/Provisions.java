package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.cgroup.Entrance;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.sandbox.confine.Capabilities;
import java.util.List;

/**
 * What of this machine a process has, beyond files.
 *
 * @param devices its devices, and what comes with them
 * @param groups what it passes to be in its control groups; none if it shares those of this program
 * @param restrictsDevices whether one of the groups refuses it all devices but those that everybody has, and its own
 */
public record Provisions(ContainerEdits devices, List<Entrance> groups, boolean restrictsDevices) {

    /** What every process has. */
    public static final Provisions NONE = new Provisions(ContainerEdits.NONE, List.of(), false);

    public Provisions {
        requireNonNull(devices, "devices is null");
        groups = List.copyOf(groups);
    }

    /** Which of these capabilities count where system calls are filtered: whoever may open any device must not make it. */
    public long callRights(long capabilities) {
        return restrictsDevices ? capabilities : capabilities & ~Capabilities.bits("MKNOD");
    }

    /** Adds the calls that enter the control groups. What is started later is in them too. */
    public void enterGroups(ChildProgram program) {
        groups.forEach(group -> group.enter(program));
    }
}
