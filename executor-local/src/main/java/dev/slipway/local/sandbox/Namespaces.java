package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.PRCTL;
import static dev.slipway.local.launch.SystemCall.SETSID;
import static dev.slipway.local.launch.SystemCall.UMASK;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;

/** The first calls of every child: away from the machine's own processes and mounts. */
public final class Namespaces {

    private Namespaces() {}

    /**
     * Adds the calls that go on in namespaces of the child's own. Two processes stay behind and wait. The first ends when this
     * JVM does. The second ends with it and takes along all that runs in its pid namespace, whatever that does: it is the
     * first process there, and never changes its user, which would free it from ending with its parent.
     *
     * @param namespaces {@code CLONE_NEW...} flags besides pid and mount
     */
    public static void enter(ChildProgram program, long namespaces) {
        program.call("leave the terminal", SETSID);
        endWithParent(program);
        program.fork("make a pid namespace (this needs root)", Linux.CLONE_NEWPID);
        endWithParent(program);
        program.fork("make namespaces", Linux.CLONE_NEWPID | Linux.CLONE_NEWNS | namespaces);
        endWithParent(program);
        program.call("leave the terminal", SETSID);
        program.call("set the file mode mask", UMASK, 0);
        program.call("make mounts private", MOUNT, 0, program.text("/"), 0, Linux.MS_REC | Linux.MS_PRIVATE, 0);
    }

    private static void endWithParent(ChildProgram program) {
        program.call("end with the parent", PRCTL, Linux.PR_SET_PDEATHSIG, Linux.SIGKILL);
    }
}
