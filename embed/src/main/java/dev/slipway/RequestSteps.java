package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.context.ContextPlace;
import dev.slipway.frontend.value.ExtraHosts;
import dev.slipway.frontend.value.LinuxResource;
import dev.slipway.frontend.value.Ulimits;
import dev.slipway.llb.ExecOp.CdiDevice;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ProcessMeta.HostIp;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a request says of every step that runs a program. */
abstract sealed class RequestSteps extends RequestFiles permits RequestSources {

    private static final Set<String> ENTITLEMENT_NAMES = Set.of("network.host", "security.insecure", "device");

    RequestSteps(ContextPlace context, RequestFields fields) {
        super(context, fields);
    }

    /**
     * Adds a line to {@code /etc/hosts} of each step.
     *
     * @throws IllegalArgumentException if this is not an IP address
     */
    public final BuildRequest extraHost(String host, String ip) {
        return plus(EXTRA_HOSTS, List.of(extraHostLine(host, ip)));
    }

    /**
     * Adds lines to {@code /etc/hosts} of each step.
     *
     * @param ips addresses by host, in the order of the lines
     * @throws IllegalArgumentException if one is not an IP address
     */
    public final BuildRequest extraHosts(Map<String, String> ips) {
        return plus(
                EXTRA_HOSTS,
                requireNonNull(ips, "ips is null").entrySet().stream()
                        .map(host -> extraHostLine(host.getKey(), host.getValue()))
                        .toList());
    }

    private static HostIp extraHostLine(String host, String ip) {
        return ExtraHosts.parse(requireNonNull(host, "host is null") + "=" + requireNonNull(ip, "ip is null"));
    }

    /**
     * Limits a resource of each step.
     *
     * @param limit {@code name=soft[:hard]}, such as {@code nofile=1024:2048}
     * @throws IllegalArgumentException if this is not a limit
     */
    public final BuildRequest ulimit(String limit) {
        return plus(ULIMITS, List.of(Ulimits.parse(requireNonNull(limit, "limit is null"))));
    }

    /**
     * Limits a resource of each step's control group.
     *
     * @param name {@code memory}, {@code memory-swap}, {@code cpu-shares}, {@code cpu-period}, {@code cpu-quota},
     *     {@code cpuset-cpus} or {@code cpuset-mems}
     * @param value as Docker's options of these names have it, such as {@code 512m}, {@code 50000} or {@code 0-3}
     * @throws IllegalArgumentException if there is no such resource or it has no such value
     */
    public final BuildRequest resource(String name, String value) {
        return resources(GivenValues.entry(name, value));
    }

    /**
     * Limits resources of each step's control group, as {@link #resource(String, String)} does.
     *
     * @param values by resource
     * @throws IllegalArgumentException if there is no such resource or it has no such value
     */
    public final BuildRequest resources(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>();
        requireNonNull(values, "values is null").forEach((name, value) -> {
            LinuxResource resource =
                    LinuxResource.parse(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
            all.put(resource.key(), resource.value());
        });
        return plus(RESOURCES, all);
    }

    /**
     * Gives each step a device.
     *
     * @param name its Container Device Interface name, such as {@code vendor.com/class=name}
     * @param required whether a step fails without it
     */
    public final BuildRequest device(String name, boolean required) {
        return plus(DEVICES, List.of(new CdiDevice(name, !required)));
    }

    /**
     * Sets the size of {@code /dev/shm}.
     *
     * @param bytes the size; 0 for the usual one
     * @throws IllegalArgumentException if it is negative
     */
    public final BuildRequest shmSize(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("the size of /dev/shm is " + bytes + "; give a number of bytes");
        }
        return with(SHM_SIZE, bytes);
    }

    /**
     * Sets the network of each step. Asking for {@code host} here also allows it.
     *
     * @param mode {@code default}, {@code none} or {@code host}
     * @throws IllegalArgumentException if this is none of them
     */
    public final BuildRequest network(String mode) {
        return with(NETWORK, ProcessSettings.network(requireNonNull(mode, "mode is null")));
    }

    /** Sets the parent of each step's control group. */
    public final BuildRequest cgroupParent(String parent) {
        return with(CGROUP_PARENT, requireNonNull(parent, "parent is null"));
    }

    /**
     * Lets steps ask for more than usual: {@code network.host}, {@code security.insecure}, {@code device} for every device and
     * {@code device=NAME} for one.
     *
     * @throws IllegalArgumentException if nothing can be allowed by one of the names
     */
    public final BuildRequest allow(String... names) {
        for (String name : requireNonNull(names, "names is null")) {
            if (!ENTITLEMENT_NAMES.contains(requireNonNull(name, "name is null")) && !name.startsWith("device=")) {
                throw new IllegalArgumentException("there is no entitlement '" + name
                        + "'; known are network.host, security.insecure, device and device=NAME");
            }
        }
        return with(ENTITLEMENTS, List.of(names));
    }

    /** What steps may ask for, and with it what the request itself asks for. */
    final Set<String> allowed() {
        Set<String> all = new LinkedHashSet<>(entitlements());
        if (network() == NetworkMode.HOST) {
            all.add("network.host");
        }
        return all;
    }
}
