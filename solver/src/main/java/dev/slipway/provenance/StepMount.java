package dev.slipway.provenance;

import dev.slipway.llb.Mount;
import java.util.Map;

/** A mount as BuildKit's provenance has it: with the numbers and the names of its Go structs. */
final class StepMount implements Mount.KindVisitor<GoMembers> {

    private static final String TYPE = "mountType";

    private final GoMembers members;

    private StepMount(GoMembers members) {
        this.members = members;
    }

    static Map<String, Object> of(Mount mount) {
        GoMembers members = new GoMembers()
                .number("input", mount.input())
                .text("selector", mount.selector())
                .text("dest", mount.destination())
                .number("output", mount.output())
                .flag("readonly", mount.readOnly())
                .text("resultID", mount.resultId())
                .enumeration("contentCache", mount.contentCache());
        return mount.kind().accept(new StepMount(members)).toMap();
    }

    /** Its number is 0, the default. */
    @Override
    public GoMembers visitBind(Mount.Bind bind) {
        return members;
    }

    @Override
    public GoMembers visitCache(Mount.Cache cache) {
        return members.number(TYPE, 3)
                .with(
                        "cacheOpt",
                        new GoMembers()
                                .text("ID", cache.id())
                                .enumeration("sharing", cache.sharing())
                                .toMap());
    }

    @Override
    public GoMembers visitTmpfs(Mount.Tmpfs tmpfs) {
        return members.number(TYPE, 4)
                .with("TmpfsOpt", new GoMembers().number("size", tmpfs.size()).toMap());
    }

    @Override
    public GoMembers visitSecret(Mount.Secret secret) {
        return members.number(TYPE, 1).with("secretOpt", sessionFile(secret.file()));
    }

    @Override
    public GoMembers visitSsh(Mount.Ssh ssh) {
        return members.number(TYPE, 2).with("SSHOpt", sessionFile(ssh.file()));
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
