package dev.slipway.local.sandbox.proot;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.sandbox.confine.Capabilities;
import java.util.List;

/**
 * Root, whose processes only seem to become other users. If they did, the kernel would close their memory to a tracer that lacks
 * the right to look into every process, and they could not go on.
 */
record SeemingChanges() implements TracedUser {

    @Override
    public void prepareTracer(ChildProgram program) {
        Capabilities.set(program, Capabilities.defaultBits(), 0);
    }

    @Override
    public List<String> options() {
        return List.of("-i", "0:0");
    }

    @Override
    public void become(ChildProgram program) {
        Capabilities.limit(program, Capabilities.defaultBits());
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
