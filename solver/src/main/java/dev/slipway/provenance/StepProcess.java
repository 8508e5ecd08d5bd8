package dev.slipway.provenance;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.ProcessMeta;
import java.util.Map;

/** A process as BuildKit's provenance has it. */
final class StepProcess {

    private static final int SECRET = 1;
    private static final int SSH = 2;
    private static final int CACHE = 3;
    private static final int TMPFS = 4;

    private StepProcess() {}

    static Map<String, Object> of(ExecOp op) {
        return new GoMembers()
                .with("meta", meta(op.meta()))
                .list("mounts", op.mounts().stream().map(StepProcess::mount).toList())
                .enumeration("network", op.network())
                .enumeration("security", op.security())
                .list(
                        "secretenv",
                        op.secretEnvironment().stream()
                                .map(secret -> new GoMembers()
                                        .text("ID", secret.id())
                                        .text("name", secret.name())
                                        .flag("optional", secret.optional())
                                        .toMap())
                                .toList())
                .list(
                        "cdiDevices",
                        op.cdiDevices().stream()
                                .map(device -> new GoMembers()
                                        .text("name", device.name())
                                        .flag("optional", device.optional())
                                        .toMap())
                                .toList())
                .toMap();
    }

    private static Map<String, Object> meta(ProcessMeta meta) {
        GoMembers members = new GoMembers()
                .list("args", meta.arguments())
                .list("env", meta.environment())
                .text("cwd", meta.workingDirectory())
                .text("user", meta.user())
                .list(
                        "extraHosts",
                        meta.extraHosts().stream()
                                .map(host -> new GoMembers()
                                        .text("Host", host.host())
                                        .text("IP", host.ip())
                                        .toMap())
                                .toList())
                .text("hostname", meta.hostname())
                .list(
                        "ulimit",
                        meta.ulimits().stream()
                                .map(limit -> new GoMembers()
                                        .text("Name", limit.name())
                                        .number("Soft", limit.soft())
                                        .number("Hard", limit.hard())
                                        .toMap())
                                .toList())
                .text("cgroupParent", meta.cgroupParent())
                .flag("removeMountStubsRecursive", meta.removeMountStubsRecursive())
                .list("validExitCodes", meta.validExitCodes());
        meta.proxy().ifPresent(proxy -> members.with("proxy_env", proxy(proxy)));
        return members.toMap();
    }

    private static Map<String, Object> proxy(ProcessMeta.Proxy proxy) {
        return new GoMembers()
                .text("http_proxy", proxy.http())
                .text("https_proxy", proxy.https())
                .text("ftp_proxy", proxy.ftp())
                .text("no_proxy", proxy.no())
                .text("all_proxy", proxy.all())
                .toMap();
    }

    private static Map<String, Object> mount(Mount mount) {
        GoMembers members = new GoMembers()
                .number("input", mount.input())
                .text("selector", mount.selector())
                .text("dest", mount.destination())
                .number("output", mount.output())
                .flag("readonly", mount.readOnly())
                .text("resultID", mount.resultId())
                .enumeration("contentCache", mount.contentCache());
        if (mount.kind() instanceof Mount.Secret secret) {
            members.number("mountType", SECRET).with("secretOpt", sessionFile(secret.file()));
        } else if (mount.kind() instanceof Mount.Ssh ssh) {
            members.number("mountType", SSH).with("SSHOpt", sessionFile(ssh.file()));
        } else if (mount.kind() instanceof Mount.Cache cache) {
            members.number("mountType", CACHE)
                    .with(
                            "cacheOpt",
                            new GoMembers()
                                    .text("ID", cache.id())
                                    .enumeration("sharing", cache.sharing())
                                    .toMap());
        } else if (mount.kind() instanceof Mount.Tmpfs tmpfs) {
            members.number("mountType", TMPFS)
                    .with(
                            "TmpfsOpt",
                            new GoMembers().number("size", tmpfs.size()).toMap());
        } else if (!(mount.kind() instanceof Mount.Bind)) {
            throw new IllegalArgumentException("unknown mount " + mount.kind());
        }
        return members.toMap();
    }

    private static Map<String, Object> sessionFile(Mount.SessionFile file) {
        return new GoMembers()
                .text("ID", file.id())
                .unsigned("uid", file.uid())
                .unsigned("gid", file.gid())
                .unsigned("mode", file.mode())
                .flag("optional", file.optional())
                .toMap();
    }
}
