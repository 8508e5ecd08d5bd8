package dev.slipway.local.emulation;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;

/**
 * How programs of a platform run here, or why they do not.
 *
 * @param platform the platform
 * @param way how
 * @param detail the emulator's name, or what is missing and what to do; empty for a native platform
 */
public record EmulatorStatus(Platform platform, Way way, String detail) {

    public EmulatorStatus {
        requireNonNull(platform, "platform is null");
        requireNonNull(way, "way is null");
        requireNonNull(detail, "detail is null");
    }

    /** How a platform runs. */
    public enum Way {
        /** By itself. */
        NATIVE,
        /** In an emulator that is registered for the whole machine. */
        REGISTERED,
        /** In an emulator that is registered for each step alone. */
        PRIVATE,
        /** Not at all. */
        MISSING
    }
}
