package dev.slipway.llbjson;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.oci.json.JsonWriter;

/** The members of an exec op. */
final class ExecJson {

    private ExecJson() {}

    static void write(JsonWriter json, ExecOp op) {
        ProtoJson.object(json, "meta", op.meta(), ExecJson::meta);
        ProtoJson.objects(json, "mounts", op.mounts(), MountJson::write);
        ProtoJson.enumeration(json, "network", op.network());
        ProtoJson.enumeration(json, "security", op.security());
        ProtoJson.objects(json, "secretenv", op.secretEnvironment(), (out, secret) -> {
            ProtoJson.text(out, "ID", secret.id());
            ProtoJson.text(out, "name", secret.name());
            ProtoJson.flag(out, "optional", secret.optional());
        });
        ProtoJson.objects(json, "cdiDevices", op.cdiDevices(), (out, device) -> {
            ProtoJson.text(out, "name", device.name());
            ProtoJson.flag(out, "optional", device.optional());
        });
    }

    private static void meta(JsonWriter json, ProcessMeta meta) {
        ProtoJson.texts(json, "args", meta.arguments());
        ProtoJson.texts(json, "env", meta.environment());
        ProtoJson.text(json, "cwd", meta.workingDirectory());
        ProtoJson.text(json, "user", meta.user());
        if (meta.proxy().isPresent()) {
            ProtoJson.object(json, "proxyEnv", meta.proxy().get(), ExecJson::proxy);
        }
        ProtoJson.objects(json, "extraHosts", meta.extraHosts(), (out, host) -> {
            ProtoJson.text(out, "Host", host.host());
            ProtoJson.text(out, "IP", host.ip());
        });
        ProtoJson.text(json, "hostname", meta.hostname());
        ProtoJson.objects(json, "ulimit", meta.ulimits(), (out, limit) -> {
            ProtoJson.text(out, "Name", limit.name());
            ProtoJson.int64(out, "Soft", limit.soft());
            ProtoJson.int64(out, "Hard", limit.hard());
        });
        ProtoJson.text(json, "cgroupParent", meta.cgroupParent());
        ProtoJson.flag(json, "removeMountStubsRecursive", meta.removeMountStubsRecursive());
        if (!meta.validExitCodes().isEmpty()) {
            json.member("validExitCodes", meta.validExitCodes());
        }
    }

    private static void proxy(JsonWriter json, ProcessMeta.Proxy proxy) {
        ProtoJson.text(json, "httpProxy", proxy.http());
        ProtoJson.text(json, "httpsProxy", proxy.https());
        ProtoJson.text(json, "ftpProxy", proxy.ftp());
        ProtoJson.text(json, "noProxy", proxy.no());
        ProtoJson.text(json, "allProxy", proxy.all());
    }
}
