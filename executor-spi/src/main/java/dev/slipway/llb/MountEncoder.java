package dev.slipway.llb;

/** The encoding of {@link Mount}: the number of its kind in mountType (6), and its options in a field of that kind. */
final class MountEncoder implements Mount.KindVisitor<Void> {

    private static final int TYPE = 6;

    private final Wire wire;

    private MountEncoder(Wire wire) {
        this.wire = wire;
    }

    static void mount(Wire wire, Mount mount) {
        wire.number(1, mount.input());
        wire.string(2, mount.selector());
        wire.string(3, mount.destination());
        wire.number(4, mount.output());
        wire.bool(5, mount.readOnly());
        mount.kind().accept(new MountEncoder(wire));
        wire.string(23, mount.resultId());
        wire.enumeration(24, mount.contentCache());
    }

    /** Its number is 0, the default. */
    @Override
    public Void visitBind(Mount.Bind bind) {
        return null;
    }

    @Override
    public Void visitCache(Mount.Cache cache) {
        wire.number(TYPE, 3);
        wire.message(20, cache, (out, value) -> {
            out.string(1, value.id());
            out.enumeration(2, value.sharing());
        });
        return null;
    }

    @Override
    public Void visitTmpfs(Mount.Tmpfs tmpfs) {
        wire.number(TYPE, 4);
        wire.message(19, tmpfs, (out, value) -> out.number(1, value.size()));
        return null;
    }

    @Override
    public Void visitSecret(Mount.Secret secret) {
        wire.number(TYPE, 1);
        wire.message(21, secret.file(), MountEncoder::sessionFile);
        return null;
    }

    @Override
    public Void visitSsh(Mount.Ssh ssh) {
        wire.number(TYPE, 2);
        wire.message(22, ssh.file(), MountEncoder::sessionFile);
        return null;
    }

    private static void sessionFile(Wire wire, Mount.SessionFile file) {
        wire.string(1, file.id());
        wire.number(2, Integer.toUnsignedLong(file.uid()));
        wire.number(3, Integer.toUnsignedLong(file.gid()));
        wire.number(4, Integer.toUnsignedLong(file.mode()));
        wire.bool(5, file.optional());
    }
}
