package dev.slipway.local.sandbox.proot;

import static dev.slipway.local.launch.SystemCall.PRCTL;
import static dev.slipway.local.launch.SystemCall.SETGROUPS;
import static dev.slipway.local.launch.SystemCall.SETRESGID;
import static dev.slipway.local.launch.SystemCall.SETRESUID;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.sandbox.ProcessUser;
import dev.slipway.local.sandbox.confine.Capabilities;
import java.util.List;

/**
 * The user himself, whom a process of root has become.
 *
 * @param user who it is
 * @param extra capabilities that he needs though no container would give them to him
 */
record RealUser(ProcessUser user, long extra) implements TracedUser {

    /** The least that lets a user into folders which are closed to him. */
    static long entering() {
        long reading = Capabilities.bits("DAC_READ_SEARCH") & Capabilities.currentBits();
        return reading == 0 ? Capabilities.bits("DAC_OVERRIDE") : reading;
    }

    @Override
    public void prepareTracer(ChildProgram program) {
        Capabilities.set(
                program, Capabilities.defaultBits() | RootRights.TRACING & Capabilities.currentBits() | extra, 0);
    }

    @Override
    public List<String> options() {
        return List.of();
    }

    @Override
    public void become(ChildProgram program) {
        boolean isRoot = user.uid() == 0;
        Capabilities.limit(program, Capabilities.defaultBits() | extra);
        program.call("keep capabilities", PRCTL, Linux.PR_SET_KEEPCAPS, 1);
        int[] groups = user.allGroups();
        program.call("set the groups", SETGROUPS, groups.length, program.integers(groups));
        program.call("set the group", SETRESGID, user.gid(), user.gid(), user.gid());
        program.call("set the user", SETRESUID, user.uid(), user.uid(), user.uid());
        Capabilities.set(program, isRoot ? Capabilities.defaultBits() : extra, extra);
        Capabilities.raise(program, extra);
        // A change of user closes the memory of the process, from which the tracer reads paths.
        program.call("stay open to the tracer", PRCTL, Linux.PR_SET_DUMPABLE, 1);
    }

    @Override
    public ProotFilter.Owners owners() {
        return ProotFilter.Owners.REAL;
    }

    @Override
    public OwnIds onMachine(int uid, int gid) {
        return new OwnIds(uid, gid);
    }
}
