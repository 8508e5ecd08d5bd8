package dev.slipway.local.sandbox.confine;

import static dev.slipway.local.launch.SystemCall.CAPSET;
import static dev.slipway.local.launch.SystemCall.PRCTL;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What processes may do beyond their user's rights, as sets of bits. */
public final class Capabilities {

    /** In the order of their numbers. */
    private static final List<String> NAMES = List.of("""
            CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE \
            NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT \
            SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP \
            MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE""".split(" "));

    /** What Docker leaves to a process: a part of root's rights over its own files and processes. */
    private static final List<String> DEFAULT = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "FSETID",
            "FOWNER",
            "MKNOD",
            "NET_RAW",
            "SETGID",
            "SETUID",
            "SETFCAP",
            "SETPCAP",
            "NET_BIND_SERVICE",
            "SYS_CHROOT",
            "KILL",
            "AUDIT_WRITE");

    private Capabilities() {}

    /** A set of these. */
    public static long bits(String... names) {
        return Stream.of(names).mapToLong(name -> 1L << NAMES.indexOf(name)).sum();
    }

    /** What a confined process may do: no more than this one. */
    public static long defaultBits() {
        return currentBits() & bits(DEFAULT.toArray(String[]::new));
    }

    /** What this process may do. */
    public static long currentBits() {
        return bitsOf("CapEff:");
    }

    /** What this process, or a program that it starts, can ever do. */
    static long boundingBits() {
        return bitsOf("CapBnd:");
    }

    private static long bitsOf(String field) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring(field.length()).strip(), 16))
                    .findFirst()
                    .orElse(0L);
        } catch (IOException e) {
            throw new ExecutorException("cannot read /proc/self/status: " + e.getMessage(), e);
        }
    }

    /**
     * Adds the calls after which no program can give a child more than these. Whoever may not make them gets no more either, if
     * he has given up new rights.
     */
    public static void limit(ChildProgram program, long bits) {
        long others = boundingBits() & ~bits;
        IntStream.range(0, Long.SIZE)
                .filter(capability -> (others & 1L << capability) != 0)
                .forEach(capability ->
                        program.callUnless(Errno.EPERM, "drop a capability", PRCTL, Linux.PR_CAPBSET_DROP, capability));
    }

    /** Adds the call that leaves a child with these. */
    public static void set(ChildProgram program, long effective, long inheritable) {
        long header = program.integers(Linux.CAPABILITY_VERSION_3, 0);
        int low = (int) effective;
        int high = (int) (effective >>> Integer.SIZE);
        long sets = program.integers(low, low, (int) inheritable, high, high, (int) (inheritable >>> Integer.SIZE));
        program.call("set the capabilities", CAPSET, header, sets);
    }

    /** Adds the calls that let the programs which a child starts have these, whoever they run as. */
    public static void raise(ChildProgram program, long bits) {
        IntStream.range(0, Long.SIZE)
                .filter(capability -> (bits & 1L << capability) != 0)
                .forEach(capability -> program.call(
                        "raise a capability", PRCTL, Linux.PR_CAP_AMBIENT, Linux.PR_CAP_AMBIENT_RAISE, capability));
    }

    /** The names of a set, as OCI runtimes know them. */
    public static List<String> names(long bits) {
        return IntStream.range(0, NAMES.size())
                .filter(number -> (bits & 1L << number) != 0)
                .mapToObj(number -> "CAP_" + NAMES.get(number))
                .toList();
    }
}
