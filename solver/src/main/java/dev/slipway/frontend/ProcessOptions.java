package dev.slipway.frontend;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.ExecOp.CdiDevice;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ProcessMeta.HostIp;
import dev.slipway.llb.ProcessMeta.Ulimit;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of every RUN of a build, whatever the Dockerfile says.
 *
 * @param network the network unless RUN names one
 * @param hostname empty for the executor's default
 * @param extraHosts names added to {@code /etc/hosts}: lower case, addresses in their usual form
 * @param ulimits resource limits
 * @param shmSize size of {@code /dev/shm} in bytes, 0 for the executor's default
 * @param cgroupParent parent of the control group, or empty
 * @param devices by their Container Device Interface names
 * @param linuxResources limits of the control group, by BuildKit's names; not part of any digest
 */
public record ProcessOptions(
        NetworkMode network,
        String hostname,
        List<HostIp> extraHosts,
        List<Ulimit> ulimits,
        long shmSize,
        String cgroupParent,
        List<CdiDevice> devices,
        SortedMap<String, String> linuxResources) {

    /** Nothing but the executor's defaults. */
    public static final ProcessOptions DEFAULT =
            new ProcessOptions(NetworkMode.UNSET, "", List.of(), List.of(), 0, "", List.of(), new TreeMap<>());

    public ProcessOptions {
        requireNonNull(network, "network is null");
        requireNonNull(hostname, "hostname is null");
        extraHosts = List.copyOf(extraHosts);
        ulimits = List.copyOf(ulimits);
        requireNonNull(cgroupParent, "cgroupParent is null");
        devices = List.copyOf(devices);
        linuxResources = Collections.unmodifiableSortedMap(new TreeMap<>(linuxResources));
    }
}
