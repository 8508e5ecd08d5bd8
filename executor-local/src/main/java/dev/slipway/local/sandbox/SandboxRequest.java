package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A process to run.
 *
 * @param root its root
 * @param mounts what it sees besides; of two with one destination, the later one counts
 * @param process what to run. The user and groups are looked up in the root; {@code PATH} and the proxy settings are added to
 *     the environment
 * @param secretEnvironment variables that no message shows; they come after the others
 * @param network which network it has
 * @param security whether it is confined
 * @param platform the platform of the root's programs
 * @param logLimits how much of its output is passed on
 * @param provisions what of this machine it has
 */
public record SandboxRequest(
        Overlay root,
        List<SandboxMount> mounts,
        ProcessMeta process,
        List<SecretVariable> secretEnvironment,
        NetworkMode network,
        SecurityMode security,
        Platform platform,
        LogLimits logLimits,
        Provisions provisions) {

    public SandboxRequest {
        requireNonNull(root, "root is null");
        mounts = List.copyOf(mounts);
        requireNonNull(process, "process is null");
        secretEnvironment = List.copyOf(secretEnvironment);
        requireNonNull(network, "network is null");
        requireNonNull(security, "security is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(logLimits, "logLimits is null");
        requireNonNull(provisions, "provisions is null");
    }

    /**
     * The folder that the process begins in, absolute and without {@code ..}: {@code WORKDIR /a/../b} stays as it is written up
     * to here, and means {@code /b} even where there is no {@code /a}, or a link. Low-level runtimes read it so.
     */
    String workingDirectory() {
        Deque<String> names = new ArrayDeque<>();
        for (String name : process.workingDirectory().split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return "/" + String.join("/", names);
    }

    /** A variable whose value is a secret. */
    public record SecretVariable(String name, String value) {

        public SecretVariable {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
        }

        /** Says nothing of the value. */
        @Override
        public String toString() {
            return name;
        }
    }
}
