package dev.slipway.solver.cache;

import dev.slipway.llb.Mount;
import dev.slipway.oci.json.JsonWriter;

/** The members of a mount in the cache map of a process. Where in the input it begins counts with that input. */
final class MountCacheJson implements Mount.KindVisitor<Void> {

    private static final String TYPE = "mountType";

    private final JsonWriter json;
    private final String destination;

    private MountCacheJson(JsonWriter json, String destination) {
        this.json = json;
        this.destination = destination;
    }

    static void write(JsonWriter json, Mount mount) {
        GoMembers.number(json, "input", mount.input());
        GoMembers.text(json, "dest", mount.destination());
        GoMembers.number(json, "output", mount.output());
        GoMembers.flag(json, "readonly", mount.readOnly());
        mount.kind().accept(new MountCacheJson(json, mount.destination()));
        GoMembers.text(json, "resultID", mount.resultId());
        GoMembers.enumeration(json, "contentCache", mount.contentCache());
    }

    /** Its number is 0, the default. */
    @Override
    public Void visitBind(Mount.Bind bind) {
        return null;
    }

    @Override
    public Void visitCache(Mount.Cache cache) {
        json.member(TYPE, 3);
        GoMembers.object(json, "cacheOpt", cache, (out, value) -> {
            if (isDefault(value)) {
                GoMembers.text(out, "ID", value.id());
                GoMembers.enumeration(out, "sharing", value.sharing());
            }
        });
        return null;
    }

    /** The name that a cache has without one, alone or after a namespace, stays in the key: once it was there for all. */
    private boolean isDefault(Mount.Cache cache) {
        String id = cache.id();
        String inNamespace = id.substring(id.indexOf('/') + 1);
        return cache.sharing() == Mount.Cache.Sharing.SHARED
                && (id.equals(destination) || inNamespace.equals(destination));
    }

    @Override
    public Void visitTmpfs(Mount.Tmpfs tmpfs) {
        json.member(TYPE, 4);
        GoMembers.object(json, "TmpfsOpt", tmpfs, (out, value) -> GoMembers.number(out, "size", value.size()));
        return null;
    }

    @Override
    public Void visitSecret(Mount.Secret secret) {
        json.member(TYPE, 1);
        GoMembers.object(json, "secretOpt", secret.file(), MountCacheJson::sessionFile);
        return null;
    }

    @Override
    public Void visitSsh(Mount.Ssh ssh) {
        json.member(TYPE, 2);
        GoMembers.object(json, "SSHOpt", ssh.file(), MountCacheJson::sessionFile);
        return null;
    }

    private static void sessionFile(JsonWriter json, Mount.SessionFile file) {
        GoMembers.text(json, "ID", file.id());
        GoMembers.unsigned(json, "uid", file.uid());
        GoMembers.unsigned(json, "gid", file.gid());
        GoMembers.unsigned(json, "mode", file.mode());
        GoMembers.flag(json, "optional", file.optional());
    }
}
