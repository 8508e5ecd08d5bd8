package dev.slipway.solver;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Mount.Cache.Sharing;
import dev.slipway.llb.Op;
import dev.slipway.llb.ProcessMeta;
import java.util.List;
import java.util.Optional;

/**
 * An op without what must not decide whether an earlier result can be used. Proxies, the addresses of extra hosts and the
 * names of caches say how this machine reaches the world and where it keeps things, not what is built. Where files come from in
 * an input counts with that input: see {@link InputUse}. BuildKit leaves out the same.
 */
final class KeyedOp {

    private KeyedOp() {}

    static Op of(Op op) {
        if (op instanceof ExecOp exec) {
            return ofExec(exec);
        }
        return op instanceof FileOp file ? ofFile(file) : op;
    }

    private static ExecOp ofExec(ExecOp exec) {
        return new ExecOp(
                withoutMachine(exec.meta()),
                exec.mounts().stream().map(KeyedOp::keyed).toList(),
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

    private static Mount keyed(Mount mount) {
        Mount.Kind kind = mount.kind() instanceof Mount.Cache cache && !isDefault(cache, mount.destination())
                ? new Mount.Cache("", Sharing.SHARED)
                : mount.kind();
        return new Mount(
                mount.input(),
                "",
                mount.destination(),
                mount.output(),
                mount.readOnly(),
                kind,
                mount.resultId(),
                mount.contentCache());
    }

    /** The name that a cache has without one, alone or after a namespace, stays in the key: once it was there for all. */
    private static boolean isDefault(Mount.Cache cache, String destination) {
        String id = cache.id();
        String inNamespace = id.substring(id.indexOf('/') + 1);
        return cache.sharing() == Sharing.SHARED && (id.equals(destination) || inNamespace.equals(destination));
    }

    private static FileOp ofFile(FileOp file) {
        return new FileOp(file.actions().stream()
                .map(action -> action.command() instanceof FileAction.Copy copy && action.secondaryInput() != Op.NONE
                        ? new FileAction(action.input(), action.secondaryInput(), action.output(), keyed(copy))
                        : action)
                .toList());
    }

    private static FileAction.Copy keyed(FileAction.Copy copy) {
        return new FileAction.Copy(
                name(copy),
                copy.destination(),
                copy.owner(),
                copy.mode(),
                copy.modeText(),
                copy.followSymlink(),
                copy.directoryContents(),
                copy.attemptUnpack(),
                copy.createDestinationPath(),
                copy.allowWildcard(),
                copy.allowEmptyWildcard(),
                copy.timestamp(),
                copy.includePatterns(),
                copy.excludePatterns(),
                copy.alwaysReplaceDestination(),
                copy.requiredPaths());
    }

    /** A file may get its name from there. */
    private static String name(FileAction.Copy copy) {
        String path = copy.source().replaceFirst("/+$", "");
        return path.isEmpty() ? "/" : path.substring(path.lastIndexOf('/') + 1);
    }
}
