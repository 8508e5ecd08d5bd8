package dev.slipway.local.supervision;

import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;

/** The memory of this program, where the environment that it was started with and the secrets of a build are. */
public final class OwnMemory {

    private OwnMemory() {}

    /**
     * Closes it to other processes of this user, for good: no debugger and no profiler of his can attach to this program then,
     * and the kernel writes no dump of it.
     */
    public static void close() {
        Kernel.call(SystemCall.PRCTL, Linux.PR_SET_DUMPABLE, 0);
    }
}
