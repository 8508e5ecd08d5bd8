package dev.slipway.local.sandbox;

import dev.slipway.local.launch.Linux;
import java.util.Optional;

/**
 * A file system that the kernel makes afresh.
 *
 * @param type its name for {@code mount}
 * @param flags {@code MS_...} flags
 * @param options its options, or empty
 */
record KernelFiles(String type, long flags, String options) implements SandboxMount.Source {

    /** What the kernel makes for a mount, if it is one of that kind. */
    static Optional<KernelFiles> of(SandboxMount mount) {
        if (mount.source() instanceof KernelFiles files) {
            return Optional.of(files);
        }
        return mount.source() instanceof SandboxMount.Memory memory
                ? Optional.of(of(memory, mount.readOnly()))
                : Optional.empty();
    }

    private static KernelFiles of(SandboxMount.Memory memory, boolean readOnly) {
        String options = memory.size() > 0 ? "mode=1777,size=" + memory.size() : "mode=1777";
        return new KernelFiles("tmpfs", Linux.MS_NOSUID | (readOnly ? Linux.MS_RDONLY : 0), options);
    }
}
