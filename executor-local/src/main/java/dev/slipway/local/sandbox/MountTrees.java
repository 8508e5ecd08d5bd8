package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.MOVE_MOUNT;
import static dev.slipway.local.launch.SystemCall.OPEN_TREE;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.confine.MountAttributes;
import java.nio.file.Files;

/** Makes what is to be mounted in a root, so that only a place is missing. */
public final class MountTrees {

    private static final long RESTRICTED = Linux.MOUNT_ATTR_NOSUID | Linux.MOUNT_ATTR_NODEV | Linux.MOUNT_ATTR_NOEXEC;
    private static final int ANY_EXECUTE = 0111;

    private final ChildProgram program;
    private final StagingFolder stage;
    private final SshRelays sockets;
    private final boolean confined;

    /**
     * @param sockets the relays of the SSH agents that are mounted
     * @param confined whether device files in what is mounted are nothing but names
     */
    public MountTrees(ChildProgram program, StagingFolder stage, SshRelays sockets, boolean confined) {
        this.program = program;
        this.stage = stage;
        this.sockets = sockets;
        this.confined = confined;
    }

    /**
     * A mount without a place.
     *
     * @param descriptor it is open under
     * @param isFolder whether it is a folder or a file
     * @param files what is in it
     */
    public record Tree(int descriptor, boolean isFolder, RootFiles files) {}

    /**
     * How what is mounted may be used: {@code MOUNT_ATTR_...} flags. Whoever fills a cache, or makes an image that is mounted, can
     * put a file for the machine's disk into it.
     */
    public long attributes(SandboxMount mount) {
        long attributes = (mount.readOnly() ? Linux.MOUNT_ATTR_RDONLY : 0) | (confined ? Linux.MOUNT_ATTR_NODEV : 0);
        if (mount.source() instanceof SandboxMount.Secret secret) {
            // Nobody runs a secret unless its mode says so.
            boolean executable = (secret.mode() & ANY_EXECUTE) != 0;
            return attributes | (executable ? RESTRICTED & ~Linux.MOUNT_ATTR_NOEXEC : RESTRICTED);
        }
        if (mount.source() instanceof SandboxMount.HostPath path) {
            return attributes
                    | (path.options().contains("nosuid") ? Linux.MOUNT_ATTR_NOSUID : 0)
                    | (path.options().contains("nodev") ? Linux.MOUNT_ATTR_NODEV : 0)
                    | (path.options().contains("noexec") ? Linux.MOUNT_ATTR_NOEXEC : 0);
        }
        boolean runsNothing =
                mount.source() instanceof SandboxMount.SshAgent || mount.source() instanceof SeparateGroups;
        return runsNothing ? attributes | RESTRICTED : attributes;
    }

    /**
     * Makes the tree of a mount.
     *
     * @throws ExecutorException if what is to be mounted is not there
     */
    public Tree of(SandboxMount mount) {
        SandboxMount.Source source = mount.source();
        long attributes = attributes(mount);
        if (source instanceof SandboxMount.Layers layers) {
            return of(layers, attributes);
        } else if (source instanceof SandboxMount.Folder folder) {
            return of(folder, attributes);
        } else if (source instanceof SandboxMount.Secret secret) {
            return file(stage.descriptor(), stage.makeFile(secret), attributes);
        } else if (source instanceof SandboxMount.HostPath path) {
            boolean isFolder = Files.isDirectory(path.path());
            RootFiles files = isFolder ? new HostFolder(path.path()) : RootFiles.EMPTY;
            return new Tree(detach(WORKING_FOLDER, path.path().toString(), 0, attributes), isFolder, files);
        } else if (source instanceof SeparateGroups groups) {
            return new Tree(detach(stage.descriptor(), stage.make(groups), 0, attributes), true, RootFiles.EMPTY);
        } else if (source instanceof SandboxMount.SshAgent agent) {
            return file(WORKING_FOLDER, sockets.socket(agent).toString(), attributes);
        }
        throw new IllegalArgumentException("no tree: " + source);
    }

    private Tree of(SandboxMount.Layers layers, long attributes) {
        RootFiles files = layers.overlay().files();
        RootPath path = RootPath.ofSource(files, layers.path());
        int opened = stage.open(layers.overlay());
        int place = new ScopedFolder(program, opened).open(path.path());
        return tree(opened, place, path, files, attributes);
    }

    private Tree of(SandboxMount.Folder folder, long attributes) {
        RootFiles files = new HostFolder(folder.folder());
        RootPath path = RootPath.ofSource(files, folder.path());
        int opened = stage.open(folder.folder());
        int place = new ScopedFolder(program, opened).open(path.path());
        return tree(opened, place, path, files, attributes);
    }

    private Tree tree(int opened, int place, RootPath path, RootFiles files, long attributes) {
        boolean isFolder = path.isExistingFolder();
        String base = path.names().isEmpty() ? "" : path.path();
        int descriptor = detach(place, "", Linux.AT_EMPTY_PATH, attributes);
        program.close(place).close(opened);
        return new Tree(descriptor, isFolder, name -> files.find(base + name));
    }

    private Tree file(int folder, String path, long attributes) {
        return new Tree(detach(folder, path, 0, attributes), false, RootFiles.EMPTY);
    }

    private int detach(int folder, String path, long how, long attributes) {
        String description = "prepare a mount";
        long flags = Linux.OPEN_TREE_CLONE | Linux.OPEN_TREE_CLOEXEC | Linux.AT_RECURSIVE | how;
        int descriptor = program.open(description, OPEN_TREE, folder, program.text(path), flags);
        if (attributes != 0) {
            MountAttributes.restrict(program, descriptor, attributes, Linux.AT_RECURSIVE);
        }
        return descriptor;
    }

    /** Mounts a tree at an open place. */
    void attach(Tree tree, int place, String description) {
        long flags = Linux.MOVE_MOUNT_F_EMPTY_PATH | Linux.MOVE_MOUNT_T_EMPTY_PATH;
        long nothing = program.text("");
        program.call(description, MOVE_MOUNT, tree.descriptor(), nothing, place, nothing, flags);
        program.close(tree.descriptor());
    }
}
