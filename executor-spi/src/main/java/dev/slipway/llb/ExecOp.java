package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Runs a process in a root made of mounts.
 *
 * @param meta the process: arguments, environment, user, limits
 * @param mounts what it sees, the root first; a vertex has one output for each mount whose {@link Mount#output()} is not
 *     {@link Op#NONE}
 * @param network which network it has
 * @param security whether it is confined
 * @param secretEnvironment secrets given as environment variables
 * @param cdiDevices devices by their Container Device Interface names
 */
public record ExecOp(
        ProcessMeta meta,
        List<Mount> mounts,
        NetworkMode network,
        SecurityMode security,
        List<SecretEnvironment> secretEnvironment,
        List<CdiDevice> cdiDevices)
        implements Op {

    public ExecOp {
        requireNonNull(meta, "meta is null");
        mounts = List.copyOf(requireNonNull(mounts, "mounts is null"));
        requireNonNull(network, "network is null");
        requireNonNull(security, "security is null");
        secretEnvironment = List.copyOf(requireNonNull(secretEnvironment, "secretEnvironment is null"));
        cdiDevices = List.copyOf(requireNonNull(cdiDevices, "cdiDevices is null"));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitExec(this);
    }

    /** The network of a process. Constants stand in the order of their wire numbers. */
    public enum NetworkMode {
        /** The executor's default network. */
        UNSET,
        /** The network of the machine that runs the step. */
        HOST,
        /** Loopback only. */
        NONE
    }

    /** The confinement of a process. Constants stand in the order of their wire numbers. */
    public enum SecurityMode {
        SANDBOX,
        INSECURE
    }

    /**
     * A secret as an environment variable.
     *
     * @param id the secret's id in the build session
     * @param name the variable
     * @param optional whether a missing secret leaves the variable empty instead of failing the step
     */
    public record SecretEnvironment(String id, String name, boolean optional) {

        public SecretEnvironment {
            requireNonNull(id, "id is null");
            requireNonNull(name, "name is null");
        }
    }

    /**
     * A device by its Container Device Interface name.
     *
     * @param name such as {@code vendor.com/device=name}
     * @param optional whether a missing device is passed over instead of failing the step
     */
    public record CdiDevice(String name, boolean optional) {

        public CdiDevice {
            requireNonNull(name, "name is null");
        }
    }

    /** The root mount, if there is one. */
    public Optional<Mount> root() {
        return mounts.stream().filter(mount -> mount.destination().equals("/")).findFirst();
    }
}
