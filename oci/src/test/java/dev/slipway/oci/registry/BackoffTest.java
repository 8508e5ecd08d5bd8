package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "7 | PT7S",
                "3600 | PT60S",
                "99999999999999999999 | PT60S",
                "Sat, 01 Aug 2026 12:00:30 GMT | PT30S",
                "Sat, 01 Aug 2026 11:00:00 GMT | PT0S",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT60S",
            })
    void theServerSaysHowLongWithinReason(String header, Duration expected) {
        assertThat(Backoff.SECONDS.time(0, Backoff.wish(header, NOW))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "-1", "1.5"})
    void whatIsNoTimeDoesNotCount(String header) {
        assertThat(Backoff.wish(header, NOW)).isEmpty();
    }

    @Test
    void eachFailureDoublesTheWait() {
        assertThat(Backoff.SECONDS.time(0, Optional.empty())).isEqualTo(Duration.ofSeconds(1));
        assertThat(Backoff.SECONDS.time(3, Optional.empty())).isEqualTo(Duration.ofSeconds(8));
    }
}
