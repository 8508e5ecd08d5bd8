package dev.slipway.local.sandbox;

import dev.slipway.executor.StepMonitor;
import java.util.ArrayList;
import java.util.List;

/** What no sandbox does here. */
final class SandboxLimits {

    private SandboxLimits() {}

    /** What is not confined, each a phrase for the user. */
    static List<String> all() {
        List<String> limits = new ArrayList<>();
        limits.add("a step shares the control group of this program");
        limits.add("AppArmor and SELinux profiles are those of this program");
        if (SeccompRules.Abi.host().isEmpty()) {
            limits.add("system calls are not filtered on this processor");
        }
        return List.copyOf(limits);
    }

    /** Says what a request asks for in vain. */
    static void warn(SandboxRequest request, StepMonitor monitor) {
        if (!request.process().cgroupParent().isEmpty()) {
            monitor.warn("the parent control group " + request.process().cgroupParent()
                    + " has no effect: a step shares the control group of this program");
        }
    }
}
