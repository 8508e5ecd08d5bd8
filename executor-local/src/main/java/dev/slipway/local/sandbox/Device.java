package dev.slipway.local.sandbox;

import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.local.launch.Linux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A device that a process has.
 *
 * @param name below {@code /dev}
 * @param isBlock whether it is a block device, not a character device
 */
record Device(String name, boolean isBlock, int major, int minor) {

    private static final int LOOPS = 8;

    /** What every process has; OCI runtimes make these by themselves. */
    static List<Device> ordinary() {
        return List.of(
                character("null", 1, 3),
                character("zero", 1, 5),
                character("full", 1, 7),
                character("random", 1, 8),
                character("urandom", 1, 9),
                character("tty", 5, 0));
    }

    /** What an unconfined process has besides, as far as this machine has it. */
    static List<Device> further(SecurityMode security) {
        if (security != SecurityMode.INSECURE) {
            return List.of();
        }
        Stream<Device> loops = IntStream.range(0, LOOPS).mapToObj(minor -> new Device("loop" + minor, true, 7, minor));
        return Stream.concat(
                        Stream.of(
                                character("kmsg", 1, 11),
                                character("net/tun", 10, 200),
                                character("cuse", 10, 203),
                                character("fuse", 10, 229),
                                character("kvm", 10, 232),
                                character("loop-control", 10, 237)),
                        loops)
                .filter(device -> Files.exists(Path.of("/dev", device.name())))
                .toList();
    }

    private static Device character(String name, int major, int minor) {
        return new Device(name, false, major, minor);
    }

    /** Its type and mode, as {@code mknod} takes them. */
    long mode() {
        return (isBlock ? Linux.S_IFBLK : Linux.S_IFCHR) | 0666;
    }
}
