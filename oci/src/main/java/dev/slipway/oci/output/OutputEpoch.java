package dev.slipway.oci.output;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.executor.image.ImageSpec;
import java.time.Instant;
import java.util.Optional;

/**
 * The latest time that may appear in an output. As in BuildKit, an option of the output overrides the build's, and an empty one
 * means no limit.
 *
 * @param isGiven whether the output has the option
 * @param time the time, if any
 */
record OutputEpoch(boolean isGiven, Optional<Instant> time) {

    static final String OPTION = "source-date-epoch";

    /**
     * Reads the option of an output.
     *
     * @throws InvalidOutputException if it is not a time
     */
    static OutputEpoch of(Output output) {
        String seconds = output.attributes().get(OPTION);
        try {
            return new OutputEpoch(
                    seconds != null,
                    seconds == null || seconds.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds))));
        } catch (NumberFormatException e) {
            throw new InvalidOutputException(OPTION + " " + seconds + " is not a number of seconds", e);
        }
    }

    /** The latest time for one image. */
    Optional<Instant> of(ImageSpec image) {
        return isGiven ? time : image.epoch();
    }
}
