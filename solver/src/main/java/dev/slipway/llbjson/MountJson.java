package dev.slipway.llbjson;

import dev.slipway.llb.Mount;
import dev.slipway.oci.json.JsonWriter;

/** The members of one mount. */
final class MountJson implements Mount.KindVisitor<Void> {

    private static final String TYPE = "mountType";

    private final JsonWriter json;

    private MountJson(JsonWriter json) {
        this.json = json;
    }

    static void write(JsonWriter json, Mount mount) {
        ProtoJson.int64(json, "input", mount.input());
        ProtoJson.text(json, "selector", mount.selector());
        ProtoJson.text(json, "dest", mount.destination());
        ProtoJson.int64(json, "output", mount.output());
        ProtoJson.flag(json, "readonly", mount.readOnly());
        mount.kind().accept(new MountJson(json));
        ProtoJson.text(json, "resultID", mount.resultId());
        ProtoJson.enumeration(json, "contentCache", mount.contentCache());
    }

    /** It is the default. */
    @Override
    public Void visitBind(Mount.Bind bind) {
        return null;
    }

    @Override
    public Void visitCache(Mount.Cache cache) {
        json.member(TYPE, "CACHE");
        ProtoJson.object(json, "cacheOpt", cache, (out, value) -> {
            ProtoJson.text(out, "ID", value.id());
            ProtoJson.enumeration(out, "sharing", value.sharing());
        });
        return null;
    }

    @Override
    public Void visitTmpfs(Mount.Tmpfs tmpfs) {
        json.member(TYPE, "TMPFS");
        ProtoJson.object(json, "TmpfsOpt", tmpfs, (out, value) -> ProtoJson.int64(out, "size", value.size()));
        return null;
    }

    @Override
    public Void visitSecret(Mount.Secret secret) {
        json.member(TYPE, "SECRET");
        ProtoJson.object(json, "secretOpt", secret.file(), MountJson::sessionFile);
        return null;
    }

    @Override
    public Void visitSsh(Mount.Ssh ssh) {
        json.member(TYPE, "SSH");
        ProtoJson.object(json, "SSHOpt", ssh.file(), MountJson::sessionFile);
        return null;
    }

    private static void sessionFile(JsonWriter json, Mount.SessionFile file) {
        ProtoJson.text(json, "ID", file.id());
        ProtoJson.uint32(json, "uid", file.uid());
        ProtoJson.uint32(json, "gid", file.gid());
        ProtoJson.uint32(json, "mode", file.mode());
        ProtoJson.flag(json, "optional", file.optional());
    }
}
