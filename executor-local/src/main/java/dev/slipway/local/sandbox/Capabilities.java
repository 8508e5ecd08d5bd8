package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What processes may do beyond their user's rights, as sets of bits. */
final class Capabilities {

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

    /** What a confined process may do: no more than this one. */
    static long defaultBits() {
        return currentBits()
                & DEFAULT.stream().mapToLong(name -> 1L << NAMES.indexOf(name)).sum();
    }

    /** What this process may do. */
    static long currentBits() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .findFirst()
                    .orElse(0L);
        } catch (IOException e) {
            throw new ExecutorException("cannot read /proc/self/status: " + e.getMessage(), e);
        }
    }

    /** The names of a set, as OCI runtimes know them. */
    static List<String> names(long bits) {
        return IntStream.range(0, NAMES.size())
                .filter(number -> (bits & 1L << number) != 0)
                .mapToObj(number -> "CAP_" + NAMES.get(number))
                .toList();
    }
}
