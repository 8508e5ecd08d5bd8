package dev.slipway.local.sandbox.proot;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.OwnIds;
import java.util.List;

/** Whom a traced process runs as, and whom it seems to run as. */
interface TracedUser {

    /** Adds the calls of the child that becomes the tracer: it keeps what the process may need, and nothing else. */
    void prepareTracer(ChildProgram program);

    /** Options of the tracer. */
    List<String> options();

    /** Adds the calls that make the process, which is traced already, the user. */
    void become(ChildProgram program);

    /** What becomes of files that it gives to others. */
    ProotFilter.Owners owners();

    /** Whether the files in its root have their true owners. */
    default boolean ownsTruly() {
        return owners() == ProotFilter.Owners.REAL;
    }

    /**
     * Whose the process can make its files seem to be: the owner on this machine of something that it sees as this user's.
     *
     * @throws ExecutorException if there can be no such user
     */
    OwnIds onMachine(int uid, int gid);
}
