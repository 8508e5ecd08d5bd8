package dev.slipway.local.emulation;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How programs of a platform run here, or why they do not.
 *
 * @param platform the platform
 * @param way how
 * @param emulator the emulator's name, such as {@code qemu-aarch64}; empty where there is none
 * @param file the emulator, where it is registered for each step alone
 * @param problem what is missing and what to do, where the platform does not run
 */
public record EmulatorStatus(
        Platform platform, Way way, Optional<String> emulator, Optional<Path> file, Optional<String> problem) {

    public EmulatorStatus {
        requireNonNull(platform, "platform is null");
        requireNonNull(way, "way is null");
        requireNonNull(emulator, "emulator is null");
        requireNonNull(file, "file is null");
        requireNonNull(problem, "problem is null");
    }

    static EmulatorStatus of(Emulation emulation) {
        Optional<PrivateHandler> handler = emulation.privateHandler();
        boolean isNative = emulation.support().isNative();
        return new EmulatorStatus(
                emulation.support().platform(),
                isNative ? Way.NATIVE : handler.isPresent() ? Way.PRIVATE : Way.REGISTERED,
                emulation.support().emulator(),
                handler.map(PrivateHandler::file),
                Optional.empty());
    }

    static EmulatorStatus missing(Platform platform, String problem) {
        return new EmulatorStatus(platform, Way.MISSING, Optional.empty(), Optional.empty(), Optional.of(problem));
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
