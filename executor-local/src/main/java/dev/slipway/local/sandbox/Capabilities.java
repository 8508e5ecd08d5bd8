package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processes may do beyond their user's rights. */
final class Capabilities {

    /** What Docker leaves to a process: a part of root's rights over its own files and processes. */
    static final List<Capability> DEFAULT = List.of(Capability.values());

    private Capabilities() {}

    /** The default ones, with their numbers. */
    enum Capability {
        CHOWN(0),
        DAC_OVERRIDE(1),
        FOWNER(3),
        FSETID(4),
        KILL(5),
        SETGID(6),
        SETUID(7),
        SETPCAP(8),
        NET_BIND_SERVICE(10),
        NET_RAW(13),
        SYS_CHROOT(18),
        MKNOD(27),
        AUDIT_WRITE(29),
        SETFCAP(31);

        private final int number;

        Capability(int number) {
            this.number = number;
        }
    }

    /** The default ones as a set of bits. */
    static long defaultBits() {
        return DEFAULT.stream().mapToLong(capability -> 1L << capability.number).sum();
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
}
