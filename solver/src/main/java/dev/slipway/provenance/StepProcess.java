package dev.slipway.provenance;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ProcessMeta;
import java.util.Map;

/** A process as BuildKit's provenance has it. */
final class StepProcess {

    private StepProcess() {}

    static Map<String, Object> of(ExecOp op) {
        return new GoMembers()
                .with("meta", meta(op.meta()))
                .list("mounts", op.mounts().stream().map(StepMount::of).toList())
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
}
