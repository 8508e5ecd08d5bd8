package dev.slipway.local.launch;

/**
 * The system calls that a {@link ChildProgram} is made of, with their numbers on amd64 and in the table that arm64 shares with
 * all newer processors. Arguments are as in the manual pages of section 2.
 */
public enum SystemCall {
    BIND(49, 200),
    BPF(321, 280),
    CAPSET(126, 91),
    CHDIR(80, 49),
    CHOWN(92, -1),
    CHROOT(161, 51),
    CLONE(56, 220),
    CLOSE(3, 57),
    CLOSE_RANGE(436, 436),
    CONNECT(42, 203),
    DUP3(292, 24),
    EXECVE(59, 221),
    EXIT_GROUP(231, 94),
    FCHDIR(81, 50),
    FCHMOD(91, 52),
    FCHOWN(93, 55),
    FCHOWNAT(260, 54),
    FSTAT(5, 80),
    GETGID(104, 176),
    GETUID(102, 174),
    IOCTL(16, 29),
    LANDLOCK_ADD_RULE(445, 445),
    LANDLOCK_CREATE_RULESET(444, 444),
    LANDLOCK_RESTRICT_SELF(446, 446),
    LCHOWN(94, -1),
    LSEEK(8, 62),
    LSTAT(6, -1),
    MEMFD_CREATE(319, 279),
    MKDIRAT(258, 34),
    MKNODAT(259, 33),
    MOUNT(165, 40),
    MOUNT_SETATTR(442, 442),
    MOVE_MOUNT(429, 429),
    NEWFSTATAT(262, 79),
    OPEN_TREE(428, 428),
    OPENAT(257, 56),
    OPENAT2(437, 437),
    PIPE2(293, 59),
    PIVOT_ROOT(155, 41),
    PPOLL(271, 73),
    PRCTL(157, 167),
    PRLIMIT64(302, 261),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    READ(0, 63),
    RECVMSG(47, 212),
    RT_SIGACTION(13, 134),
    RT_SIGPROCMASK(14, 135),
    SECCOMP(317, 277),
    SENDMSG(46, 211),
    SETGROUPS(116, 159),
    SETHOSTNAME(170, 161),
    SETRESGID(119, 149),
    SETRESUID(117, 147),
    SETSID(112, 157),
    SHUTDOWN(48, 210),
    SOCKET(41, 198),
    STAT(4, -1),
    STATX(332, 291),
    SYMLINKAT(266, 36),
    UMASK(95, 166),
    UMOUNT2(166, 39),
    UNLINKAT(263, 35),
    UNSHARE(272, 97),
    WAIT4(61, 260),
    WRITE(1, 64);

    private final int amd64;
    private final int arm64;

    SystemCall(int amd64, int arm64) {
        this.amd64 = amd64;
        this.arm64 = arm64;
    }

    /**
     * Its number on this machine; a negative one if there is no such call.
     *
     * @throws java.util.NoSuchElementException if the launcher does not know the processor of this machine
     */
    public int number() {
        return Processor.host().orElseThrow().number(this);
    }

    int amd64() {
        return amd64;
    }

    int arm64() {
        return arm64;
    }
}
