package dev.slipway.local.sandbox.confine;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.MOVE_MOUNT;
import static dev.slipway.local.launch.SystemCall.OPEN_TREE;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What of the kernel's own files a process does not see, or cannot change. The lists are those of the OCI runtimes. */
public final class Masks {

    /** What tells of the machine, or reaches into it. */
    public static final List<String> HIDDEN = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");

    /** Settings of the machine. */
    public static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private Masks() {}

    /** Adds the calls that put the masks in place, in the root that the process is in by then. */
    public static void add(ChildProgram program) {
        // The kernel has the same files for all: what this process does not see, no other does.
        HIDDEN.stream().filter(Masks::exists).forEach(path -> {
            if (Files.isDirectory(Path.of(path))) {
                hideFolder(program, path);
            } else {
                place(program, path, clone(program, path, "/dev/null"));
            }
        });
        READ_ONLY.forEach(path -> protect(program, path));
    }

    /** Adds the calls after which nobody can write to this, in the mount namespace that the process is in by then. */
    public static void protect(ChildProgram program, String path) {
        restrict(program, path, Linux.MOUNT_ATTR_RDONLY);
    }

    /** Adds the calls that restrict what may be done with this, by {@code MOUNT_ATTR_...} flags, in the same namespace. */
    public static void restrict(ChildProgram program, String path, long attributes) {
        if (exists(path)) {
            int tree = clone(program, path, path);
            MountAttributes.restrict(program, tree, attributes, Linux.AT_RECURSIVE);
            place(program, path, tree);
        }
    }

    private static boolean exists(String path) {
        return Files.exists(Path.of(path));
    }

    private static void hideFolder(ChildProgram program, String path) {
        long type = program.text("tmpfs");
        program.call("hide " + path, MOUNT, type, program.text(path), type, Linux.MS_RDONLY, 0);
    }

    private static int clone(ChildProgram program, String path, String source) {
        long flags = Linux.OPEN_TREE_CLONE | Linux.OPEN_TREE_CLOEXEC | Linux.AT_RECURSIVE;
        return program.open("mask " + path, OPEN_TREE, WORKING_FOLDER, program.text(source), flags);
    }

    private static void place(ChildProgram program, String path, int tree) {
        long from = program.text("");
        long flags = Linux.MOVE_MOUNT_F_EMPTY_PATH;
        program.call("mask " + path, MOVE_MOUNT, tree, from, WORKING_FOLDER, program.text(path), flags);
        program.close(tree);
    }
}
