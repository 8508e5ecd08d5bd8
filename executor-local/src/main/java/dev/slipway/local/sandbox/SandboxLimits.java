package dev.slipway.local.sandbox;

import dev.slipway.local.sandbox.confine.SeccompRules;
import java.util.ArrayList;
import java.util.List;

/** What no sandbox does here. */
public final class SandboxLimits {

    private SandboxLimits() {}

    /** What is not confined, each a phrase for the user. */
    public static List<String> all() {
        List<String> limits = new ArrayList<>();
        limits.add("a step shares the control group of this program, unless the build limits it");
        limits.add("AppArmor and SELinux profiles are those of this program");
        if (SeccompRules.Abi.host().isEmpty()) {
            limits.add("system calls are not filtered on this processor");
        }
        return List.copyOf(limits);
    }

    /** For a sandbox that gives a process nothing of the machine. */
    public static void refuseDevices(SandboxRequest request) {
        if (!request.provisions().devices().isEmpty()) {
            throw Messages.notStarted(
                    request, "this sandbox gives steps no devices; run the build where another one can be used");
        }
    }
}
