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
public record KernelFiles(String type, long flags, String options) implements SandboxMount.Source {

    /**
     * What the kernel makes for a mount, if it is one of that kind.
     *
     * @param confined whether device files in it are nothing but names
     */
    public static Optional<KernelFiles> of(SandboxMount mount, boolean confined) {
        if (mount.source() instanceof KernelFiles files) {
            return Optional.of(files);
        }
        return mount.source() instanceof SandboxMount.Memory memory
                ? Optional.of(of(memory, (mount.readOnly() ? Linux.MS_RDONLY : 0) | (confined ? Linux.MS_NODEV : 0)))
                : Optional.empty();
    }

    private static KernelFiles of(SandboxMount.Memory memory, long flags) {
        String options = memory.size() > 0 ? "mode=1777,size=" + memory.size() : "mode=1777";
        return new KernelFiles("tmpfs", Linux.MS_NOSUID | flags, options);
    }
}
