package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.FCHDIR;
import static dev.slipway.local.launch.SystemCall.FCHMOD;
import static dev.slipway.local.launch.SystemCall.FCHOWN;
import static dev.slipway.local.launch.SystemCall.MKDIRAT;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.OPENAT;
import static dev.slipway.local.launch.SystemCall.SYMLINKAT;
import static dev.slipway.local.launch.SystemCall.WRITE;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.oci.posix.IdMap;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder in memory that only the child process sees. What a step needs is prepared in it, so that nothing of it is ever on a
 * disk.
 */
public final class StagingFolder {

    /** What the call is described as that mounts an overlay. */
    static final String MOUNT_LAYERS = "mount the layers";

    /** As many as overlayfs takes. */
    private static final int MAX_LAYERS = 500;

    private final ChildProgram program;
    private final Map<Path, String> links = new HashMap<>();
    private final int folder;
    private int count;

    /** Adds the calls that mount the folder over an existing one. */
    public StagingFolder(ChildProgram program, Path place) {
        this.program = program;
        program.call(
                "mount a folder in memory",
                MOUNT,
                program.text("slipway"),
                program.text(place),
                program.text("tmpfs"),
                Linux.MS_NOSUID | Linux.MS_NODEV,
                program.text("mode=0700"));
        this.folder = open(place);
    }

    /** The folder, open. */
    int descriptor() {
        return folder;
    }

    /** Opens a folder of this machine. */
    int open(Path folder) {
        return open("open " + folder, WORKING_FOLDER, folder.toAbsolutePath().toString(), Linux.O_PATH);
    }

    /** Opens what is in this folder under a name. */
    public int open(String name) {
        return open("open " + name, folder, name, Linux.O_PATH);
    }

    /** Opens the folder that an overlay makes. */
    int open(Overlay overlay) {
        return overlay.upper().isEmpty() && overlay.lowers().size() == 1
                ? open(overlay.lowers().get(0))
                : open(mount(overlay));
    }

    /**
     * Mounts a root, and says what its folder is called. One that cannot be changed can be changed here, so that places to
     * mount at can be made; what is written is in memory.
     */
    public String mountRoot(Overlay root) {
        List<String> upperAndWork = root.upper().map(this::links).orElseGet(() -> List.of(makeFolder(), makeFolder()));
        return mount(lowers(root), upperAndWork, root.devices());
    }

    private String mount(Overlay overlay) {
        return overlay.lowers().isEmpty() && overlay.upper().isEmpty()
                ? makeFolder()
                : mount(lowers(overlay), overlay.upper().map(this::links).orElse(List.of()), overlay.devices());
    }

    /**
     * Layers are named through short links, because the kernel takes no more than a page of options. "volatile" leaves out
     * what makes the upper folder survive a crash of the machine: it becomes a layer only after the step has ended.
     */
    private String mount(List<String> lowers, List<String> upperAndWork, boolean devices) {
        // In a user namespace overlayfs can only mark files with what every user may set, and never redirects.
        String marks = IdMap.current().isInitial() ? "redirect_dir=off" : "userxattr";
        String options = marks + ",index=off,metacopy=off,lowerdir=" + String.join(":", lowers);
        if (!upperAndWork.isEmpty()) {
            options += ",volatile,upperdir=" + upperAndWork.get(0) + ",workdir=" + upperAndWork.get(1);
        }
        String name = makeFolder();
        long type = program.text("overlay");
        program.call("enter the folder in memory", FCHDIR, folder);
        long flags = devices ? 0 : Linux.MS_NODEV;
        program.call(MOUNT_LAYERS, MOUNT, type, program.text(name), type, flags, program.text(options));
        return name;
    }

    private List<String> lowers(Overlay overlay) {
        if (overlay.lowers().size() > MAX_LAYERS) {
            throw new ExecutorException("a root of " + overlay.lowers().size()
                    + " layers cannot be mounted: overlayfs takes " + MAX_LAYERS
                    + "; join some RUN and COPY into one, or copy the files into a new stage");
        }
        return overlay.lowers().isEmpty()
                ? List.of(makeFolder())
                : overlay.lowers().stream().map(this::link).toList();
    }

    private List<String> links(Overlay.Upper upper) {
        return List.of(link(upper.folder()), link(upper.work()));
    }

    /** Gives a tree a place in this folder, and says what it is called. */
    public String attach(MountTrees.Tree tree, MountTrees trees) {
        String name = tree.isFolder() ? makeFolder() : makeFile(new SandboxMount.Secret(new byte[0], 0, 0, 0));
        int place = open(name);
        trees.attach(tree, place, "mount a source");
        program.close(place);
        return name;
    }

    /** Makes a file and says what it is called. */
    String makeFile(SandboxMount.Secret file) {
        String name = nextName();
        makeFile(name, file);
        return name;
    }

    /** Makes a file of this name. */
    public void makeFile(String name, SandboxMount.Secret file) {
        String description = "write a file in memory";
        long content = program.bytes(file.content());
        int descriptor = open(description, folder, name, Linux.O_CREAT | Linux.O_EXCL | Linux.O_WRONLY);
        program.call(description, WRITE, descriptor, content, file.content().length);
        if (IdMap.current().hasUser(file.uid()) && IdMap.current().hasGroup(file.gid())) {
            program.call(description, FCHOWN, descriptor, file.uid(), file.gid());
        }
        program.call(description, FCHMOD, descriptor, file.mode());
        program.close(descriptor);
    }

    /** Makes a folder and says what it is called. */
    String makeFolder() {
        String name = nextName();
        program.call("make a folder in memory", MKDIRAT, folder, program.text(name), 0755);
        return name;
    }

    /** Shows control groups in a folder, and says what it is called. */
    String make(SeparateGroups groups) {
        String name = makeFolder();
        int place = open(name);
        program.call("enter the folder in memory", FCHDIR, place);
        groups.mount(program);
        program.call("enter the folder in memory", FCHDIR, folder).close(place);
        return name;
    }

    private String link(Path target) {
        return links.computeIfAbsent(target.toAbsolutePath(), path -> {
            String name = nextName();
            program.call("name " + path, SYMLINKAT, program.text(path), folder, program.text(name));
            return name;
        });
    }

    private int open(String description, int parent, String path, long flags) {
        return program.open(description, OPENAT, parent, program.text(path), flags | Linux.O_CLOEXEC, 0600);
    }

    private String nextName() {
        return Integer.toString(count++, Character.MAX_RADIX);
    }
}
