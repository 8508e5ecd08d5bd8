package dev.slipway.local.sandbox;

import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.local.cdi.ContainerEdits;
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
 * @param hostPath what it is on this machine
 * @param type {@code S_IF...}: a block or character device, or a FIFO
 * @param permissions its permission bits
 * @param uid its owner
 * @param gid its group
 */
public record Device(String name, String hostPath, long type, int major, int minor, int permissions, int uid, int gid) {

    private static final int LOOPS = 8;
    private static final int EVERYBODY = 0666;

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

    /** What a process has besides: an unconfined one what this machine has of some, and each what it asks for by name. */
    public static List<Device> further(SandboxRequest request, ProcessUser user) {
        Stream<Device> named = request.provisions().devices().nodes().stream().map(node -> named(node, user));
        return Stream.concat(further(request.security()), named).toList();
    }

    private static Stream<Device> further(SecurityMode security) {
        if (security != SecurityMode.INSECURE) {
            return Stream.empty();
        }
        Stream<Device> loops =
                IntStream.range(0, LOOPS).mapToObj(minor -> ordinary("loop" + minor, Linux.S_IFBLK, 7, minor));
        return Stream.concat(
                        Stream.of(
                                character("kmsg", 1, 11),
                                character("net/tun", 10, 200),
                                character("cuse", 10, 203),
                                character("fuse", 10, 229),
                                character("kvm", 10, 232),
                                character("loop-control", 10, 237)),
                        loops)
                .filter(device -> Files.exists(Path.of("/dev", device.name())));
    }

    private static Device named(ContainerEdits.DeviceNode node, ProcessUser user) {
        long type = switch (node.type()) {
            case "b" -> Linux.S_IFBLK;
            case "p" -> Linux.S_IFIFO;
            default -> Linux.S_IFCHR;
        };
        return new Device(
                node.name(),
                node.hostPath(),
                type,
                node.major(),
                node.minor(),
                node.mode(),
                node.uid().orElse(user.uid()),
                node.gid().orElse(user.gid()));
    }

    private static Device character(String name, int major, int minor) {
        return ordinary(name, Linux.S_IFCHR, major, minor);
    }

    private static Device ordinary(String name, long type, int major, int minor) {
        return new Device(name, "/dev/" + name, type, major, minor, EVERYBODY, 0, 0);
    }

    /** Its type and mode, as {@code mknod} takes them. */
    long mode() {
        return type | permissions;
    }
}
