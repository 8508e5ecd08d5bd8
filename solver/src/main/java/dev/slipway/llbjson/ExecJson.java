package dev.slipway.llbjson;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.oci.json.JsonWriter;

/** The members of an exec op. */
final class ExecJson {

    private ExecJson() {}

    static void write(JsonWriter json, ExecOp op) {
        ProtoJson.object(json, "meta", op.meta(), ExecJson::meta);
        ProtoJson.objects(json, "mounts", op.mounts(), ExecJson::mount);
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

    private static void mount(JsonWriter json, Mount mount) {
        ProtoJson.int64(json, "input", mount.input());
        ProtoJson.text(json, "selector", mount.selector());
        ProtoJson.text(json, "dest", mount.destination());
        ProtoJson.int64(json, "output", mount.output());
        ProtoJson.flag(json, "readonly", mount.readOnly());
        kind(json, mount.kind());
        ProtoJson.text(json, "resultID", mount.resultId());
        ProtoJson.enumeration(json, "contentCache", mount.contentCache());
    }

    private static void kind(JsonWriter json, Mount.Kind kind) {
        if (kind instanceof Mount.Secret secret) {
            json.member("mountType", "SECRET");
            ProtoJson.object(json, "secretOpt", secret.file(), ExecJson::sessionFile);
        } else if (kind instanceof Mount.Ssh ssh) {
            json.member("mountType", "SSH");
            ProtoJson.object(json, "SSHOpt", ssh.file(), ExecJson::sessionFile);
        } else if (kind instanceof Mount.Cache cache) {
            json.member("mountType", "CACHE");
            ProtoJson.object(json, "cacheOpt", cache, (out, value) -> {
                ProtoJson.text(out, "ID", value.id());
                ProtoJson.enumeration(out, "sharing", value.sharing());
            });
        } else if (kind instanceof Mount.Tmpfs tmpfs) {
            json.member("mountType", "TMPFS");
            ProtoJson.object(json, "TmpfsOpt", tmpfs, (out, value) -> ProtoJson.int64(out, "size", value.size()));
        } else if (!(kind instanceof Mount.Bind)) {
            throw new IllegalArgumentException("unknown mount " + kind);
        }
    }

    private static void sessionFile(JsonWriter json, Mount.SessionFile file) {
        ProtoJson.text(json, "ID", file.id());
        ProtoJson.uint32(json, "uid", file.uid());
        ProtoJson.uint32(json, "gid", file.gid());
        ProtoJson.uint32(json, "mode", file.mode());
        ProtoJson.flag(json, "optional", file.optional());
    }
}
