package dev.slipway.parser.tree;

import java.time.Duration;
import java.util.List;

/**
 * {@code HEALTHCHECK}.
 *
 * @param statement how and where it was written
 * @param test as in the image config: {@code NONE} alone, {@code CMD} and arguments, or {@code CMD-SHELL} and one text
 * @param interval zero if absent, as all durations
 * @param timeout how long one test may take
 * @param startPeriod how long failures do not count
 * @param startInterval time between tests during the start period
 * @param retries zero if absent
 */
public record Healthcheck(
        Statement statement,
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries)
        implements Instruction {

    public Healthcheck {
        test = List.copyOf(test);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitHealthcheck(this);
    }
}
