package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.SystemCall.READ;
import static dev.slipway.local.launch.SystemCall.UNSHARE;
import static dev.slipway.local.launch.SystemCall.WAIT4;
import static dev.slipway.local.launch.SystemCall.WRITE;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;

/** A user namespace in which every user is who he was outside. It is there for what the kernel keeps for each namespace. */
final class UserNamespace {

    private static final String ALL = "0 0 4294967295";
    private static final long ANY_CHILD = -1;

    private UserNamespace() {}

    /**
     * Adds the calls that go on in new user and mount namespaces. The child is the first process of its pid namespace, and
     * {@code /proc} is in place. Who stays in the old namespace alone may say who is who in the new one: a helper does that.
     */
    static void enter(ChildProgram program) {
        String description = "map users";
        int[] pipe = program.pipe(description);
        long buffer = program.words(0);
        program.aside(description, () -> {
            program.call(description, READ, pipe[0], buffer, 1);
            program.write("/proc/1/uid_map", ALL);
            program.write("/proc/1/gid_map", ALL);
        });
        program.call("make a user namespace", UNSHARE, Linux.CLONE_NEWUSER | Linux.CLONE_NEWNS);
        program.call(description, WRITE, pipe[1], buffer, 1);
        program.call(description, WAIT4, ANY_CHILD, buffer, 0, 0);
        program.close(pipe[0]).close(pipe[1]);
    }
}
