package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The process of an {@link ExecOp}.
 *
 * @param arguments program and arguments, at least one
 * @param environment {@code NAME=value}, in the order of last assignment
 * @param workingDirectory absolute path inside the root
 * @param user {@code name}, {@code uid}, {@code name:group} or {@code uid:gid}; empty for root
 * @param proxy proxy settings, which an executor adds to the environment without making them part of any key
 * @param extraHosts names added to {@code /etc/hosts}
 * @param hostname the host name, or empty for the executor's default
 * @param ulimits resource limits
 * @param cgroupParent parent of the control group, or empty
 * @param removeMountStubsRecursive whether folders made only to carry a mount are removed again with their empty parents
 * @param validExitCodes exit codes that count as success; empty for 0 alone
 */
public record ProcessMeta(
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        String user,
        Optional<Proxy> proxy,
        List<HostIp> extraHosts,
        String hostname,
        List<Ulimit> ulimits,
        String cgroupParent,
        boolean removeMountStubsRecursive,
        List<Integer> validExitCodes) {

    public ProcessMeta {
        arguments = List.copyOf(requireNonNull(arguments, "arguments is null"));
        environment = List.copyOf(requireNonNull(environment, "environment is null"));
        requireNonNull(workingDirectory, "workingDirectory is null");
        requireNonNull(user, "user is null");
        requireNonNull(proxy, "proxy is null");
        extraHosts = List.copyOf(requireNonNull(extraHosts, "extraHosts is null"));
        requireNonNull(hostname, "hostname is null");
        ulimits = List.copyOf(requireNonNull(ulimits, "ulimits is null"));
        requireNonNull(cgroupParent, "cgroupParent is null");
        validExitCodes = List.copyOf(requireNonNull(validExitCodes, "validExitCodes is null"));
    }

    /** Proxy settings; each is empty where it is not set. */
    public record Proxy(String http, String https, String ftp, String no, String all) {

        public Proxy {
            requireNonNull(http, "http is null");
            requireNonNull(https, "https is null");
            requireNonNull(ftp, "ftp is null");
            requireNonNull(no, "no is null");
            requireNonNull(all, "all is null");
        }
    }

    /** A line of {@code /etc/hosts}. */
    public record HostIp(String host, String ip) {

        public HostIp {
            requireNonNull(host, "host is null");
            requireNonNull(ip, "ip is null");
        }
    }

    /**
     * A resource limit.
     *
     * @param name such as {@code nofile}
     * @param soft the limit in force
     * @param hard the limit that it may be raised to
     */
    public record Ulimit(String name, long soft, long hard) {

        public Ulimit {
            requireNonNull(name, "name is null");
        }
    }
}
