package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A platform whose processes an executor can run.
 *
 * @param platform the platform, normalised
 * @param emulator the emulator, such as {@code qemu-aarch64}; empty if the platform is native
 */
public record PlatformSupport(Platform platform, Optional<String> emulator) {

    public PlatformSupport {
        requireNonNull(platform, "platform is null");
        requireNonNull(emulator, "emulator is null");
    }

    /** A platform that runs without emulation. */
    public static PlatformSupport ofNative(Platform platform) {
        return new PlatformSupport(platform, Optional.empty());
    }

    /** A platform that runs with this emulator. */
    public static PlatformSupport emulated(Platform platform, String emulator) {
        return new PlatformSupport(platform, Optional.of(requireNonNull(emulator, "emulator is null")));
    }

    /** Whether the platform needs no emulator. */
    public boolean isNative() {
        return emulator.isEmpty();
    }

    // Not left to the compiler: what it makes is linked at run time, which delays each start of the command.

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof PlatformSupport support
                && platform.equals(support.platform)
                && emulator.equals(support.emulator);
    }

    @Override
    public int hashCode() {
        return 31 * platform.hashCode() + emulator.hashCode();
    }
}
