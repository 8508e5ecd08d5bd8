package dev.slipway.local.launch;

/** Numbers of the Linux interface that are equal on all processors, with the names of its headers. */
public final class Linux {

    public static final long CLONE_NEWNS = 0x20000;
    public static final long CLONE_NEWCGROUP = 0x2000000;
    public static final long CLONE_NEWUTS = 0x4000000;
    public static final long CLONE_NEWIPC = 0x8000000;
    public static final long CLONE_NEWUSER = 0x10000000;
    public static final long CLONE_NEWPID = 0x20000000;
    public static final long CLONE_NEWNET = 0x40000000;

    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REC = 0x4000;
    public static final long MS_PRIVATE = 0x40000;
    public static final long MS_STRICTATIME = 0x1000000;
    public static final long MNT_DETACH = 2;

    public static final long MOUNT_ATTR_RDONLY = 1;
    public static final long MOUNT_ATTR_NOSUID = 2;
    public static final long MOUNT_ATTR_NODEV = 4;
    public static final long MOUNT_ATTR_NOEXEC = 8;
    public static final long OPEN_TREE_CLONE = 1;
    public static final long OPEN_TREE_CLOEXEC = 0x80000;
    public static final long MOVE_MOUNT_F_EMPTY_PATH = 4;
    public static final long MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final long AT_EMPTY_PATH = 0x1000;
    public static final long AT_RECURSIVE = 0x8000;

    public static final long O_RDONLY = 0;
    public static final long O_WRONLY = 1;
    public static final long O_CREAT = 0x40;
    public static final long O_EXCL = 0x80;
    public static final long O_NONBLOCK = 0x800;
    public static final long O_CLOEXEC = 0x80000;
    public static final long O_PATH = 0x200000;
    public static final long RESOLVE_IN_ROOT = 0x10;

    public static final long S_IFIFO = 0010000;
    public static final long S_IFCHR = 0x2000;
    public static final long S_IFBLK = 0x6000;

    public static final long PR_SET_PDEATHSIG = 1;
    public static final long PR_SET_DUMPABLE = 4;
    public static final long PR_SET_KEEPCAPS = 8;
    public static final long PR_CAPBSET_DROP = 24;
    public static final long PR_SET_NO_NEW_PRIVS = 38;
    public static final long PR_CAP_AMBIENT = 47;
    public static final long PR_CAP_AMBIENT_RAISE = 2;
    public static final long PR_CAP_AMBIENT_CLEAR_ALL = 4;
    public static final int CAPABILITY_VERSION_3 = 0x20080522;

    public static final long SECCOMP_SET_MODE_FILTER = 1;
    public static final long SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;

    public static final long AF_UNIX = 1;
    public static final long AF_INET = 2;
    public static final long SOCK_STREAM = 1;
    public static final long SOCK_CLOEXEC = 0x80000;
    public static final long SOCK_DGRAM = 2;
    public static final long SIOCSIFFLAGS = 0x8914;
    public static final int IFF_UP = 1;

    public static final int SIGABRT = 6;
    public static final long SIGKILL = 9;
    public static final int SIGSTOP = 19;
    public static final int SIGNALS = 64;
    public static final int SIGNAL_SET_SIZE = 8;
    public static final int SIG_SETMASK = 2;

    private Linux() {}

    /** The number of a device, as {@code mknod} takes it. */
    public static long device(int major, int minor) {
        return (long) major << 8 | minor;
    }
}
