package dev.slipway.solver;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.ProcessMeta;
import java.util.List;
import java.util.Optional;

/**
 * An op without what must not decide whether an earlier result can be used: proxies and the addresses of extra hosts say how
 * this machine reaches the world, not what is built. BuildKit leaves out the same.
 */
final class KeyedOp {

    private KeyedOp() {}

    static Op of(Op op) {
        if (!(op instanceof ExecOp exec)) {
            return op;
        }
        return new ExecOp(
                withoutMachine(exec.meta()),
                exec.mounts(),
                exec.network(),
                exec.security(),
                exec.secretEnvironment(),
                exec.cdiDevices());
    }

    private static ProcessMeta withoutMachine(ProcessMeta meta) {
        List<ProcessMeta.HostIp> hosts = meta.extraHosts().stream()
                .map(host -> new ProcessMeta.HostIp(host.host(), ""))
                .toList();
        return new ProcessMeta(
                meta.arguments(),
                meta.environment(),
                meta.workingDirectory(),
                meta.user(),
                Optional.empty(),
                hosts,
                meta.hostname(),
                meta.ulimits(),
                meta.cgroupParent(),
                meta.removeMountStubsRecursive(),
                meta.validExitCodes());
    }
}
