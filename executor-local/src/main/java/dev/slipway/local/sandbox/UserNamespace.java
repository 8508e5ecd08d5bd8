package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.SystemCall.READ;
import static dev.slipway.local.launch.SystemCall.UNSHARE;
import static dev.slipway.local.launch.SystemCall.WAIT4;
import static dev.slipway.local.launch.SystemCall.WRITE;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.oci.posix.IdMap;

/** Further user namespaces of a child, for what the kernel keeps for each of them. */
final class UserNamespace {

    private static final long ANY_CHILD = -1;

    private UserNamespace() {}

    /** Adds the calls that go on in a namespace in which every user is who he was outside. */
    static void enterAsTheSame(ChildProgram program) {
        enter(program, IdMap.current().sameUsers(), IdMap.current().sameGroups());
    }

    /** Adds the calls that go on in a namespace in which root is this user, and nobody else is there. */
    static void enterAs(ChildProgram program, ProcessUser user) {
        enter(program, Integer.toUnsignedString(user.uid()) + " 0 1", Integer.toUnsignedString(user.gid()) + " 0 1");
    }

    /**
     * Adds the calls that go on in new user and mount namespaces. The child is the first process of its pid namespace, and
     * {@code /proc} is in place. Who stays in the old namespace alone may say who is who in the new one: a helper does that.
     */
    private static void enter(ChildProgram program, String users, String groups) {
        String description = "map users";
        int[] pipe = program.pipe(description);
        long buffer = program.words(0);
        program.aside(description, () -> {
            program.call(description, READ, pipe[0], buffer, 1);
            program.write("/proc/1/uid_map", users);
            program.write("/proc/1/gid_map", groups);
        });
        program.call("make a user namespace", UNSHARE, Linux.CLONE_NEWUSER | Linux.CLONE_NEWNS);
        program.call(description, WRITE, pipe[1], buffer, 1);
        program.call(description, WAIT4, ANY_CHILD, buffer, 0, 0);
        program.close(pipe[0]).close(pipe[1]);
    }
}
