package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.FCHDIR;
import static dev.slipway.local.launch.SystemCall.FCHOWNAT;
import static dev.slipway.local.launch.SystemCall.MKDIRAT;
import static dev.slipway.local.launch.SystemCall.MKNODAT;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.MOVE_MOUNT;
import static dev.slipway.local.launch.SystemCall.OPENAT;
import static dev.slipway.local.launch.SystemCall.OPEN_TREE;
import static dev.slipway.local.launch.SystemCall.SYMLINKAT;
import static dev.slipway.local.launch.SystemCall.UNLINKAT;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.Linux;
import dev.slipway.oci.posix.IdMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Mounts everything inside a root. */
final class RootMounts {

    private final ChildProgram program;
    private final ScopedFolder root;
    private final MountTrees trees;
    private final MountedFiles files;
    private final List<Device> devices;
    private final boolean confined;

    /**
     * @param devices what there is in {@code /dev}
     * @param confined whether device files anywhere else are nothing but names
     */
    RootMounts(
            ChildProgram program,
            ScopedFolder root,
            MountTrees trees,
            RootFiles files,
            List<Device> devices,
            boolean confined) {
        this.program = program;
        this.root = root;
        this.trees = trees;
        this.files = new MountedFiles(files);
        this.devices = List.copyOf(devices);
        this.confined = confined;
    }

    /** The root with what has been mounted so far. */
    RootFiles files() {
        return files;
    }

    /** Adds the calls that mount this, and make its place if it is missing. */
    void mount(SandboxMount mount) {
        RootPath place = RootPath.resolve(files, mount.destination());
        if (place.names().isEmpty()) {
            throw new ExecutorException(
                    "cannot mount over the root: " + mount.destination() + "; give the mount another target");
        }
        KernelFiles.of(mount, confined)
                .ifPresentOrElse(kernel -> mount(place, kernel), () -> attach(place, trees.of(mount)));
    }

    private void mount(RootPath place, KernelFiles kernel) {
        root.makeFolders(place, ProcessUser.ROOT);
        enter(place.path());
        long type = program.text(kernel.type());
        program.call(
                "mount " + place.path(),
                MOUNT,
                type,
                program.text("."),
                type,
                kernel.flags(),
                program.text(kernel.options()));
        files.mount(place.path(), RootFiles.EMPTY);
        if (place.path().equals("/dev")) {
            makeDevices();
        }
    }

    private void makeDevices() {
        enter("/dev");
        for (Device device : devices) {
            String description = "make the device /dev/" + device.name();
            for (int slash = device.name().indexOf('/');
                    slash > 0;
                    slash = device.name().indexOf('/', slash + 1)) {
                long folder = program.text(device.name().substring(0, slash));
                program.callUnless(Errno.EEXIST, description, MKDIRAT, WORKING_FOLDER, folder, 0755);
            }
            makeDevice(description, device);
        }
        for (DeviceLink link : DeviceLink.ALL) {
            if (link.name().equals("core") && !Files.exists(Path.of(link.target()))) {
                continue; // Runtimes leave it out as well where the kernel has no such file.
            }
            String description = "make the link /dev/" + link.name();
            program.call(
                    description, SYMLINKAT, program.text(link.target()), WORKING_FOLDER, program.text(link.name()));
        }
    }

    /** In a user namespace nobody makes devices: the machine's own are shown. */
    private void makeDevice(String description, Device device) {
        long name = program.text(device.name());
        if (IdMap.current().isInitial()) {
            long number = Linux.device(device.major(), device.minor());
            // One that is asked for by name may have the name of one that every process has.
            program.callUnless(Errno.ENOENT, description, UNLINKAT, WORKING_FOLDER, name, 0);
            program.call(description, MKNODAT, WORKING_FOLDER, name, device.mode(), number);
            program.call(description, FCHOWNAT, WORKING_FOLDER, name, device.uid(), device.gid(), 0);
            return;
        }
        long flags = Linux.O_CREAT | Linux.O_WRONLY | Linux.O_CLOEXEC;
        program.close(program.open(description, OPENAT, WORKING_FOLDER, name, flags, 0666));
        long cloned = Linux.OPEN_TREE_CLONE | Linux.OPEN_TREE_CLOEXEC;
        int tree = program.open(description, OPEN_TREE, WORKING_FOLDER, program.text(device.hostPath()), cloned);
        long from = program.text("");
        program.call(description, MOVE_MOUNT, tree, from, WORKING_FOLDER, name, Linux.MOVE_MOUNT_F_EMPTY_PATH);
        program.close(tree);
    }

    private void attach(RootPath place, MountTrees.Tree tree) {
        if (tree.isFolder()) {
            root.makeFolders(place, ProcessUser.ROOT);
        } else {
            root.makeFile(place);
        }
        int opened = root.open(place.path());
        trees.attach(tree, opened, "mount " + place.path());
        program.close(opened);
        files.mount(place.path(), tree.files());
    }

    private void enter(String path) {
        int folder = root.open(path);
        program.call("enter " + path, FCHDIR, folder).close(folder);
    }
}
