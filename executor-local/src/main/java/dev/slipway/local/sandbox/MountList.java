package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.Linux.MS_NODEV;
import static dev.slipway.local.launch.Linux.MS_NOEXEC;
import static dev.slipway.local.launch.Linux.MS_NOSUID;
import static dev.slipway.local.launch.Linux.MS_RDONLY;
import static dev.slipway.local.launch.Linux.MS_STRICTATIME;

import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.oci.posix.IdMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that is mounted for a process, in order: what every process has, and what is asked for. */
public final class MountList {

    static final String HOSTS = "/etc/hosts";
    static final String RESOLV_CONF = "/etc/resolv.conf";

    /** Whether there is the unified hierarchy alone, which is one file system. */
    public static final boolean UNIFIED_CGROUPS = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));

    /** The group that may write to terminals, in every distribution. */
    private static final int TERMINALS = 5;

    private MountList() {}

    /** The mounts of a request. Of two with one destination the later one counts, at the place of the first. */
    public static List<SandboxMount> of(SandboxRequest request) {
        Map<String, SandboxMount> mounts = new LinkedHashMap<>();
        standard(request).forEach(mount -> mounts.put(mount.destination(), mount));
        request.mounts().forEach(mount -> {
            SandboxMount placed = SandboxMount.placed("/", mount.destination(), mount.source(), mount.readOnly());
            mounts.put(placed.destination(), placed);
        });
        return List.copyOf(mounts.values());
    }

    /**
     * In a user namespace the kernel makes no files for devices that are not the namespace's own, so that the machine's are
     * shown, control groups included.
     */
    private static List<SandboxMount> standard(SandboxRequest request) {
        IdMap ids = IdMap.current();
        long restricted = MS_NOSUID | MS_NOEXEC | MS_NODEV;
        long readOnly = request.security() == SecurityMode.INSECURE ? 0 : MS_RDONLY;
        List<SandboxMount> mounts = new ArrayList<>();
        mounts.add(kernel("/proc", "proc", restricted, ""));
        mounts.add(kernel("/dev", "tmpfs", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k"));
        String terminals = "newinstance,ptmxmode=0666,mode=0620" + (ids.hasGroup(TERMINALS) ? ",gid=" + TERMINALS : "");
        mounts.add(kernel("/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, terminals));
        mounts.add(kernel("/dev/shm", "tmpfs", restricted, "mode=1777,size=65536k"));
        mounts.add(kernel("/dev/mqueue", "mqueue", restricted, ""));
        mounts.add(
                ids.isInitial()
                        ? kernel("/sys", "sysfs", restricted | readOnly, "")
                        : new SandboxMount("/sys", new SandboxMount.Folder(Path.of("/sys"), "/"), readOnly != 0));
        mounts.add(file(RESOLV_CONF, NetworkFiles.resolvConf()));
        mounts.add(file(HOSTS, NetworkFiles.hosts(request.process())));
        if (UNIFIED_CGROUPS && ids.isInitial()) {
            mounts.add(kernel("/sys/fs/cgroup", "cgroup2", restricted | readOnly, ""));
        } else if (ids.isInitial()) {
            SeparateGroups groups = SeparateGroups.ofMachine();
            if (!groups.hierarchies().isEmpty()) {
                mounts.add(new SandboxMount(SeparateGroups.PLACE.toString(), groups, readOnly != 0));
            }
        }
        return mounts;
    }

    private static SandboxMount kernel(String destination, String type, long flags, String options) {
        return new SandboxMount(destination, new KernelFiles(type, flags, options), false);
    }

    private static SandboxMount file(String destination, byte[] content) {
        return new SandboxMount(destination, new SandboxMount.Secret(content, 0, 0, 0644), true);
    }
}
