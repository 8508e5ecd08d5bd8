package dev.slipway.solver.cache;

import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.oci.json.JsonWriter;
import java.util.List;

/**
 * What a process is known by, in the JSON that BuildKit hashes for its cache map. Proxies, the addresses of extra hosts and the names of
 * caches are not in it: they say how this machine reaches the world and where it keeps things, not what is built. Where files come from
 * in an input counts with that input.
 */
final class ExecCacheJson {

    private static final String TYPE = "buildkit.exec.v0";

    private ExecCacheJson() {}

    static byte[] of(ExecOp op, Platform platform) {
        JsonWriter json = JsonWriter.go();
        json.startObject();
        json.member("Type", TYPE);
        GoMembers.object(json, "Exec", op, ExecCacheJson::exec);
        json.member("OS", platform.os());
        json.member("Arch", platform.architecture());
        GoMembers.text(json, "Variant", platform.variant());
        GoMembers.text(json, "OSVersion", platform.osVersion());
        GoMembers.list(json, "OSFeatures", platform.osFeatures());
        return json.endObject().toBytes();
    }

    private static void exec(JsonWriter json, ExecOp op) {
        GoMembers.object(json, "meta", op.meta(), ExecCacheJson::meta);
        List<Mount> mounts = isPlainRoot(op.mounts()) ? List.of() : op.mounts();
        GoMembers.objects(json, "mounts", mounts, MountCacheJson::write);
        GoMembers.enumeration(json, "network", op.network());
        GoMembers.enumeration(json, "security", op.security());
        GoMembers.objects(json, "secretenv", op.secretEnvironment(), (out, secret) -> {
            GoMembers.text(out, "ID", secret.id());
            GoMembers.text(out, "name", secret.name());
            GoMembers.flag(out, "optional", secret.optional());
        });
        GoMembers.objects(json, "cdiDevices", op.cdiDevices(), (out, device) -> {
            GoMembers.text(out, "name", device.name());
            GoMembers.flag(out, "optional", device.optional());
        });
    }

    private static void meta(JsonWriter json, ProcessMeta meta) {
        GoMembers.list(json, "args", meta.arguments());
        GoMembers.list(json, "env", meta.environment());
        GoMembers.text(json, "cwd", meta.workingDirectory());
        GoMembers.text(json, "user", meta.user());
        GoMembers.objects(
                json, "extraHosts", meta.extraHosts(), (out, host) -> GoMembers.text(out, "Host", host.host()));
        GoMembers.text(json, "hostname", meta.hostname());
        GoMembers.objects(json, "ulimit", meta.ulimits(), (out, limit) -> {
            GoMembers.text(out, "Name", limit.name());
            GoMembers.number(out, "Soft", limit.soft());
            GoMembers.number(out, "Hard", limit.hard());
        });
        GoMembers.text(json, "cgroupParent", meta.cgroupParent());
        GoMembers.flag(json, "removeMountStubsRecursive", meta.removeMountStubsRecursive());
        GoMembers.list(json, "validExitCodes", meta.validExitCodes());
    }

    /** Versions of BuildKit long ago left the mounts out; with a root alone, as most steps have, it still does, so that they hit. */
    private static boolean isPlainRoot(List<Mount> mounts) {
        if (mounts.size() != 1) {
            return false;
        }
        Mount root = mounts.get(0);
        return root.destination().equals("/")
                && !root.readOnly()
                && root.kind() instanceof Mount.Bind
                && root.resultId().isEmpty();
    }
}
