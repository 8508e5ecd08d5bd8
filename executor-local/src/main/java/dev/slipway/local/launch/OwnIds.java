package dev.slipway.local.launch;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The user and group that this JVM runs as.
 *
 * @param uid the user
 * @param gid the group
 */
public record OwnIds(int uid, int gid) {

    /** Those of this JVM. */
    public static OwnIds read() {
        Path self = Path.of("/proc/self");
        try {
            return new OwnIds((int) Files.getAttribute(self, "unix:uid"), (int) Files.getAttribute(self, "unix:gid"));
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + self + ": " + e.getMessage(), e);
        }
    }

    /** Whether this is root. */
    public boolean isRoot() {
        return uid == 0;
    }

    /** Adds the calls that make this user and group root in a user namespace of the child's own. No others are there. */
    public void becomeRoot(ChildProgram program) {
        program.write("/proc/self/setgroups", "deny");
        program.write("/proc/self/uid_map", "0 " + Integer.toUnsignedString(uid) + " 1");
        program.write("/proc/self/gid_map", "0 " + Integer.toUnsignedString(gid) + " 1");
    }
}
