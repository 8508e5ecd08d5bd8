package dev.slipway.llb;

/** The encoding of {@link ExecOp}. */
final class ExecEncoder {

    private ExecEncoder() {}

    static void exec(Wire wire, ExecOp op) {
        wire.message(1, op.meta(), ExecEncoder::meta);
        op.mounts().forEach(mount -> wire.message(2, mount, MountEncoder::mount));
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
}
