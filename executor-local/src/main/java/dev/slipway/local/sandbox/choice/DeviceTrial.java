package dev.slipway.local.sandbox.choice;

import static dev.slipway.local.launch.SystemCall.EXIT_GROUP;

import dev.slipway.local.cgroup.ControlGroup;
import dev.slipway.local.cgroup.DeviceRule;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Launcher;
import dev.slipway.oci.posix.IdMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out whether steps can have a control group with a rule about devices here, by making one. */
final class DeviceTrial {

    private DeviceTrial() {}

    /** Whether they can. In a user namespace the kernel takes no such rule, and nobody makes or opens devices of others anyway. */
    static boolean run(Launcher launcher) {
        if (!IdMap.current().isInitial()) {
            return false;
        }
        try (ControlGroup group = ControlGroup.of("", Map.of(), Optional.of(DeviceRule.allowing(List.of())))) {
            if (group.deviceProblem().isPresent()) {
                return false;
            }
            ChildProgram program = launcher.program();
            group.entrances().forEach(entrance -> entrance.enter(program));
            program.call("end", EXIT_GROUP, 0);
            return SandboxProbe.problem(launcher, program).isEmpty();
        }
    }
}
