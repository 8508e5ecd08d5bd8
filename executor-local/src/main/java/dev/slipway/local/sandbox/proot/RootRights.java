package dev.slipway.local.sandbox.proot;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.sandbox.confine.Capabilities;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.posix.IdMap;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What of root's rights this process has.
 *
 * @param mayBecomeOthers whether its children may become every user, and give files away
 * @param mayTraceOthers whether they can still be traced when they have
 * @param mayMakeDevices whether they may make device files
 * @param mayMount whether they may mount something
 */
record RootRights(boolean mayBecomeOthers, boolean mayTraceOthers, boolean mayMakeDevices, boolean mayMount) {

    /** Those of an ordinary user. */
    static final RootRights NONE = new RootRights(false, false, false, false);

    /** What it takes to look into every process. */
    static final long TRACING = Capabilities.bits("SYS_PTRACE");

    /** What it takes to be anybody, to give files away, to look after others' files, and to end others' processes. */
    private static final long NEEDED = Capabilities.bits("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID");

    /**
     * Finds out.
     *
     * @param folder an existing folder to try it in
     * @param mayMount whether they may mount something
     */
    static RootRights in(Path folder, boolean mayMount) {
        long current = Capabilities.currentBits();
        if ((current & NEEDED) != NEEDED
                || !OwnIds.read().isRoot()
                || !IdMap.current().groupsMayBeSet()) {
            return new RootRights(false, false, false, mayMount);
        }
        try {
            Privileges privileges = Privileges.in(folder);
            return privileges.owners()
                    ? new RootRights(true, (current & TRACING) != 0, privileges.devices(), mayMount)
                    : new RootRights(false, false, false, mayMount);
        } catch (IOException e) {
            throw new ExecutorException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }
}
