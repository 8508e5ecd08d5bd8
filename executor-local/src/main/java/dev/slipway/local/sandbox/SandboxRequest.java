package dev.slipway.local.sandbox;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import java.util.ArrayList;
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

    /** Whether it has no more rights than a container's process. */
    public boolean isConfined() {
        return security == SecurityMode.SANDBOX;
    }

    /** The folder that the process begins in, as it is written. */
    public String workingDirectory() {
        return process.workingDirectory().isEmpty() ? "/" : process.workingDirectory();
    }

    /**
     * The folders that there must be for the process to begin in its own. {@code WORKDIR /a/../b} keeps its text up to here, and
     * the kernel enters {@code /b} only if it finds {@code /a}; so runtimes make both.
     */
    public List<String> workingFolders() {
        List<String> folders = new ArrayList<>();
        String folder = workingDirectory();
        for (int end = folder.indexOf("/.."); end >= 0; end = folder.indexOf("/..", end + 1)) {
            int after = end + "/..".length();
            if (after == folder.length() || folder.charAt(after) == '/') {
                folders.add(folder.substring(0, end));
            }
        }
        folders.add(folder);
        return folders;
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
