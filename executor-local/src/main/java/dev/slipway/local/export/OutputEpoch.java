package dev.slipway.local.export;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExportRequest.PlatformImage;
import dev.slipway.executor.Output;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

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
     * @throws ExecutorException if it is no time
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
            throw new ExecutorException(OPTION + " " + seconds + " is no number of seconds", e);
        }
    }

    /** The latest time for one image. */
    Optional<Instant> of(PlatformImage image) {
        OptionalLong seconds = image.sourceDateEpoch();
        if (isGiven) {
            return time;
        }
        return seconds.isPresent() ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
    }
}
