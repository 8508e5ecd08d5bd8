package dev.slipway.local.emulation;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.PlatformSupport;
import java.util.Optional;

/**
 * How programs of a platform run here.
 *
 * @param support the platform and its emulator
 * @param privateHandler what has to be registered for each process; empty if the processor or a registered handler does it
 */
public record Emulation(PlatformSupport support, Optional<PrivateHandler> privateHandler) {

    public Emulation {
        requireNonNull(support, "support is null");
        requireNonNull(privateHandler, "privateHandler is null");
    }
}
