package dev.slipway.local.cdi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process is given for a device.
 *
 * @param environment {@code NAME=value} each
 * @param nodes device files
 * @param mounts files and folders of this machine
 * @param hooks programs of this machine that are run around the process
 * @param groups further groups of the process
 */
public record ContainerEdits(
        List<String> environment,
        List<DeviceNode> nodes,
        List<HostMount> mounts,
        List<Hook> hooks,
        List<Integer> groups) {

    /** Nothing. */
    public static final ContainerEdits NONE = new ContainerEdits(List.of(), List.of(), List.of(), List.of(), List.of());

    public ContainerEdits {
        environment = List.copyOf(environment);
        nodes = List.copyOf(nodes);
        mounts = List.copyOf(mounts);
        hooks = List.copyOf(hooks);
        groups = List.copyOf(groups);
    }

    /**
     * A device file.
     *
     * @param name its path below {@code /dev}
     * @param hostPath what it is on this machine
     * @param type {@code b} for a block device, {@code c} for a character device, {@code p} for a FIFO
     * @param mode its permission bits
     * @param uid its owner; without one, whoever the process runs as
     * @param gid its group; without one, that of the process
     */
    public record DeviceNode(
            String name,
            String hostPath,
            String type,
            int major,
            int minor,
            int mode,
            Optional<Integer> uid,
            Optional<Integer> gid) {

        public DeviceNode {
            requireNonNull(name, "name is null");
            requireNonNull(hostPath, "hostPath is null");
            requireNonNull(type, "type is null");
        }
    }

    /**
     * A file or folder of this machine that the process sees.
     *
     * @param hostPath where it is, with no link on the way
     * @param destination absolute path that the process sees it at
     * @param options such as {@code ro} and {@code nosuid}
     */
    public record HostMount(String hostPath, String destination, List<String> options) {

        public HostMount {
            requireNonNull(hostPath, "hostPath is null");
            requireNonNull(destination, "destination is null");
            options = List.copyOf(options);
        }
    }

    /**
     * A program of this machine that an OCI runtime runs.
     *
     * @param name when, such as {@code createContainer}
     * @param path of the program
     * @param arguments all of them, the program's name first
     * @param environment {@code NAME=value} each
     * @param timeout in seconds; without one, it may take as long as it likes
     */
    public record Hook(
            String name, String path, List<String> arguments, List<String> environment, Optional<Integer> timeout) {

        public Hook {
            requireNonNull(name, "name is null");
            requireNonNull(path, "path is null");
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }

    /** Whether there is nothing to give. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** These, and others after them. */
    ContainerEdits with(ContainerEdits others) {
        return new ContainerEdits(
                join(environment, others.environment),
                join(nodes, others.nodes),
                join(mounts, others.mounts),
                join(hooks, others.hooks),
                join(groups, others.groups));
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        return new ArrayList<>(Stream.concat(first.stream(), second.stream()).toList());
    }
}
