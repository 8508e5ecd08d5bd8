package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.time.Instant;

/**
 * When and where a build ran.
 *
 * @param id unique for each build
 * @param started when it began
 * @param finished when its last step was done
 * @param builder the platform of the machine
 */
public record Invocation(String id, Instant started, Instant finished, Platform builder) {

    public Invocation {
        requireNonNull(id, "id is null");
        requireNonNull(started, "started is null");
        requireNonNull(finished, "finished is null");
        requireNonNull(builder, "builder is null");
    }
}
