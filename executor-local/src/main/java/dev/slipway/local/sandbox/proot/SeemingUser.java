package dev.slipway.local.sandbox.proot;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.sandbox.ProcessUser;
import dev.slipway.local.sandbox.confine.Capabilities;
import java.util.List;

/**
 * Whoever runs this program, without any rights, who seems to be another: the tracer answers for the kernel.
 *
 * @param user whom he seems to be
 * @param isSupervised whether somebody keeps in mind to whom he gives files
 */
record SeemingUser(ProcessUser user, boolean isSupervised) implements TracedUser {

    @Override
    public void prepareTracer(ChildProgram program) {
        Capabilities.set(program, 0, 0);
    }

    @Override
    public List<String> options() {
        return List.of("-i", Integer.toUnsignedString(user.uid()) + ":" + Integer.toUnsignedString(user.gid()));
    }

    @Override
    public void become(ChildProgram program) {
        // He seems to be the user from the start.
    }

    @Override
    public ProotFilter.Owners owners() {
        return isSupervised ? ProotFilter.Owners.SUPERVISED : ProotFilter.Owners.LOST;
    }

    /** Everything is his, and seems to be the user's. */
    @Override
    public OwnIds onMachine(int uid, int gid) {
        return OwnIds.read();
    }
}
