package dev.slipway.oci.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How the health of a container is checked. Zero always stands for "the container engine's default".
 *
 * @param test {@code NONE}, or {@code CMD} and a command, or {@code CMD-SHELL} and one text for a shell
 * @param interval time between two tests
 * @param timeout time after which a test counts as failed
 * @param startPeriod time from the start in which failures do not count
 * @param startInterval time between two tests in that period
 * @param retries failures in a row that make a container unhealthy
 */
public record HealthcheckConfig(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {

    public HealthcheckConfig {
        test = List.copyOf(requireNonNull(test, "test is null"));
        requireNonNull(interval, "interval is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(startPeriod, "startPeriod is null");
        requireNonNull(startInterval, "startInterval is null");
    }
}
