package dev.slipway.oci.engine;

import static java.util.Objects.requireNonNull;

/**
 * Which engine is meant.
 *
 * @param address where it listens
 * @param reason why it is this one, such as {@code DOCKER_HOST}
 */
record EngineChoice(EngineAddress address, String reason) {

    EngineChoice {
        requireNonNull(address, "address is null");
        requireNonNull(reason, "reason is null");
    }

    @Override
    public String toString() {
        return address + " (" + reason + ")";
    }
}
