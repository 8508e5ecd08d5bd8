package dev.slipway.local.supervision;

import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * A domain of the kernel's Landlock. Processes in it, and those that they start, reach files only below some paths, whatever
 * becomes of the paths that they ask for on the way; and of the processes outside they can neither read nor change anything:
 * the kernel refuses them what it refuses a tracer that may not trace, such as {@code /proc/PID/environ}.
 */
public final class LandlockDomain {

    /** Where programs find the rules. There are fewer descriptors than that until a process has been started. */
    private static final int RULES = 9;

    /** Before this version, no file could be moved or linked to another folder in a domain. */
    private static final int FIRST = 2;

    private static final int WITH_TRUNCATION = 3;
    private static final int WITH_SCOPES = 6;
    private static final int ASK_FOR_VERSION = 1; // LANDLOCK_CREATE_RULESET_VERSION
    private static final int BELOW = 1; // LANDLOCK_RULE_PATH_BENEATH
    private static final long SCOPES = 3; // abstract sockets and signals
    private static final long EXECUTE_WRITE_READ = 7;
    private static final long ALL_OF_FIRST = 0x3fff;
    private static final long TRUNCATE = 0x4000;

    private final int version;

    private LandlockDomain(int version) {
        this.version = version;
    }

    /** What this kernel has; empty if that does not do, or it must not be used here. */
    public static Optional<LandlockDomain> ofKernel() {
        try {
            long version = Kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, ASK_FOR_VERSION);
            return version >= FIRST ? Optional.of(new LandlockDomain((int) version)) : Optional.empty();
        } catch (LinkageError e) {
            return Optional.empty(); // Native functions cannot be called.
        }
    }

    /** Whether a process cannot signal those outside either, or reach their sockets that have no file. Since Linux 6.12. */
    public boolean hasScopes() {
        return version >= WITH_SCOPES;
    }

    /**
     * Adds the calls that make a domain, for a program that is started by and by to {@link #enter}.
     *
     * @param reachable folders, with all in them, and files
     */
    public void make(ChildProgram program, Collection<Path> reachable) {
        String description = "make a Landlock domain";
        long size = (hasScopes() ? 3L : 1L) * Long.BYTES;
        long rights = ALL_OF_FIRST | (version >= WITH_TRUNCATION ? TRUNCATE : 0);
        int rules = program.open(
                description,
                SystemCall.LANDLOCK_CREATE_RULESET,
                program.words(rights, 0, hasScopes() ? SCOPES : 0),
                size,
                0);
        for (Path path : reachable) {
            long flags = Linux.O_PATH | Linux.O_CLOEXEC;
            int opened = program.open(
                    "open " + path, SystemCall.OPENAT, ChildProgram.WORKING_FOLDER, program.text(path), flags, 0);
            long wanted = Files.isDirectory(path) ? rights : rights & (EXECUTE_WRITE_READ | TRUNCATE);
            byte[] rule = ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(wanted)
                    .putInt(opened)
                    .array();
            program.call(description, SystemCall.LANDLOCK_ADD_RULE, rules, BELOW, program.bytes(rule), 0)
                    .close(opened);
        }
        program.call(description, SystemCall.DUP3, rules, RULES, 0).close(rules).inherit(RULES);
    }

    /** Takes into account that there is a domain to {@link #enter}. */
    public static void inherit(ChildProgram program) {
        program.inherit(RULES);
    }

    /** Adds the calls that enter the domain for good. The process must have given up new rights. */
    public static void enter(ChildProgram program) {
        program.call("enter a Landlock domain", SystemCall.LANDLOCK_RESTRICT_SELF, RULES, 0)
                .close(RULES);
    }
}
