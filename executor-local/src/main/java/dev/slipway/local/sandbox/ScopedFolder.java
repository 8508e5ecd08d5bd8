package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.SystemCall.FCHOWNAT;
import static dev.slipway.local.launch.SystemCall.MKDIRAT;
import static dev.slipway.local.launch.SystemCall.OPENAT2;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.Linux;
import dev.slipway.oci.posix.IdMap;

/**
 * A folder out of which no path leads. The kernel sees to it at each call, so that it holds even if another process changes
 * links in the meantime.
 */
public final class ScopedFolder {

    private static final int OPEN_HOW_SIZE = 24;

    private final ChildProgram program;
    private final int descriptor;

    /** @param descriptor the folder, open */
    public ScopedFolder(ChildProgram program, int descriptor) {
        this.program = program;
        this.descriptor = descriptor;
    }

    int descriptor() {
        return descriptor;
    }

    /** Opens what is at a path, as a place and not for reading. */
    int open(String path) {
        return open("open " + path, path, Linux.O_PATH, 0);
    }

    /** Makes the folders of a path that are missing. */
    public void makeFolders(RootPath path, ProcessUser owner) {
        makeFolders(path, path.names().size(), owner);
    }

    /** Makes an empty file if there is nothing, and the folders of its path that are missing. */
    void makeFile(RootPath path) {
        if (!path.exists()) {
            makeFolders(path, path.names().size() - 1, ProcessUser.ROOT);
            long flags = Linux.O_CREAT | Linux.O_RDONLY | Linux.O_NONBLOCK;
            program.close(open("make the file " + path.path(), path.path(), flags, 0644));
        }
    }

    private void makeFolders(RootPath path, int count, ProcessUser owner) {
        for (int depth = path.existing(); depth < count; depth++) {
            String description = "make the folder " + path.path(depth + 1);
            int parent = open(description, path.path(depth), Linux.O_PATH, 0);
            long name = program.text(path.names().get(depth));
            program.callUnless(Errno.EEXIST, description, MKDIRAT, parent, name, 0755);
            boolean known =
                    IdMap.current().hasUser(owner.uid()) && IdMap.current().hasGroup(owner.gid());
            if (known && (owner.uid() != 0 || owner.gid() != 0)) {
                program.call("give away " + path.path(depth + 1), FCHOWNAT, parent, name, owner.uid(), owner.gid(), 0);
            }
            program.close(parent);
        }
    }

    private int open(String description, String path, long flags, long mode) {
        long how = program.words(flags | Linux.O_CLOEXEC, mode, Linux.RESOLVE_IN_ROOT);
        return program.open(description, OPENAT2, descriptor, program.text(path), how, OPEN_HOW_SIZE);
    }
}
