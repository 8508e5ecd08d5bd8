package dev.slipway.oci.engine;

import static java.util.Objects.requireNonNull;

/**
 * The engine to use.
 *
 * @param address its address
 * @param reason why this one was chosen, such as {@code DOCKER_HOST}
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
