package dev.slipway.oci.output;

import dev.slipway.executor.InvalidOutputException;
import dev.slipway.executor.Output;
import dev.slipway.executor.image.ImageSpec;
import java.time.Instant;
import java.util.Optional;

/**
 * The latest time that may stand in an output. What the output says counts more than what the build says, and an empty text is
 * no limit, as in BuildKit.
 *
 * @param isGiven whether the output says anything
 * @param time what it says
 */
record OutputEpoch(boolean isGiven, Optional<Instant> time) {

    static final String OPTION = "source-date-epoch";

    /**
     * Reads the option of an output.
     *
     * @throws InvalidOutputException if it is no time
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
