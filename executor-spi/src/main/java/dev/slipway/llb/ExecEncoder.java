package dev.slipway.llb;

/** The encoding of {@link ExecOp}. */
final class ExecEncoder {

    private ExecEncoder() {}

    static void exec(Wire wire, ExecOp op) {
        wire.message(1, op.meta(), ExecEncoder::meta);
        op.mounts().forEach(mount -> wire.message(2, mount, ExecEncoder::mount));
        wire.enumeration(3, op.network());
        wire.enumeration(4, op.security());
        op.secretEnvironment()
                .forEach(secret -> wire.message(5, secret, (out, value) -> {
                    out.string(1, value.id());
                    out.string(2, value.name());
                    out.bool(3, value.optional());
                }));
        op.cdiDevices()
                .forEach(device -> wire.message(6, device, (out, value) -> {
                    out.string(1, value.name());
                    out.bool(2, value.optional());
                }));
    }

    private static void meta(Wire wire, ProcessMeta meta) {
        wire.strings(1, meta.arguments());
        wire.strings(2, meta.environment());
        wire.string(3, meta.workingDirectory());
        wire.string(4, meta.user());
        meta.proxy()
                .ifPresent(proxy -> wire.message(5, proxy, (out, value) -> {
                    out.string(1, value.http());
                    out.string(2, value.https());
                    out.string(3, value.ftp());
                    out.string(4, value.no());
                    out.string(5, value.all());
                }));
        meta.extraHosts()
                .forEach(host -> wire.message(6, host, (out, value) -> {
                    out.string(1, value.host());
                    out.string(2, value.ip());
                }));
        wire.string(7, meta.hostname());
        meta.ulimits()
                .forEach(limit -> wire.message(9, limit, (out, value) -> {
                    out.string(1, value.name());
                    out.number(2, value.soft());
                    out.number(3, value.hard());
                }));
        wire.string(10, meta.cgroupParent());
        wire.bool(11, meta.removeMountStubsRecursive());
        wire.packed(12, meta.validExitCodes());
    }

    private static void mount(Wire wire, Mount mount) {
        wire.number(1, mount.input());
        wire.string(2, mount.selector());
        wire.string(3, mount.destination());
        wire.number(4, mount.output());
        wire.bool(5, mount.readOnly());
        kind(wire, mount.kind());
        wire.string(23, mount.resultId());
        wire.enumeration(24, mount.contentCache());
    }

    /** The kind's number in mountType (6) and its options in the field that belongs to it. */
    private static void kind(Wire wire, Mount.Kind kind) {
        if (kind instanceof Mount.Secret secret) {
            wire.number(6, 1);
            wire.message(21, secret.file(), ExecEncoder::sessionFile);
        } else if (kind instanceof Mount.Ssh ssh) {
            wire.number(6, 2);
            wire.message(22, ssh.file(), ExecEncoder::sessionFile);
        } else if (kind instanceof Mount.Cache cache) {
            wire.number(6, 3);
            wire.message(20, cache, (out, value) -> {
                out.string(1, value.id());
                out.enumeration(2, value.sharing());
            });
        } else if (kind instanceof Mount.Tmpfs tmpfs) {
            wire.number(6, 4);
            wire.message(19, tmpfs, (out, value) -> out.number(1, value.size()));
        } else if (!(kind instanceof Mount.Bind)) {
            throw new IllegalArgumentException("unknown mount " + kind);
        }
    }

    private static void sessionFile(Wire wire, Mount.SessionFile file) {
        wire.string(1, file.id());
        wire.number(2, Integer.toUnsignedLong(file.uid()));
        wire.number(3, Integer.toUnsignedLong(file.gid()));
        wire.number(4, Integer.toUnsignedLong(file.mode()));
        wire.bool(5, file.optional());
    }
}
