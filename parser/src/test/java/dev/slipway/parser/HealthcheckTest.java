package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.tree.Healthcheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthcheckTest {

    @Test
    void aTestIsForTheShellOrNot() {
        assertThat(parse("CMD curl  x").test()).containsExactly("CMD-SHELL", "curl  x");
        assertThat(parse("cmd [\"curl\", \"x\"]").test()).containsExactly("CMD", "curl", "x");
        assertThat(parse("none").test()).containsExactly("NONE");
    }

    @Test
    void allOptionsAreRead() {
        Healthcheck check =
                parse("--interval=1h30m --timeout=.5s --start-period=1.5ms --start-interval=0 --retries=3 CMD x");
        assertThat(check.interval()).isEqualTo(Duration.ofMinutes(90));
        assertThat(check.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(check.startPeriod()).isEqualTo(Duration.ofNanos(1_500_000));
        assertThat(check.startInterval()).isZero();
        assertThat(check.retries()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~~                                  | HEALTHCHECK requires at least one argument
                    NONE x                              | HEALTHCHECK NONE takes no arguments
                    CMD                                 | Missing command after HEALTHCHECK CMD
                    FOO x                               | Unknown type "FOO" in HEALTHCHECK (try CMD)
                    --interval=1us CMD x                | Interval "interval" cannot be less than 1ms
                    --timeout=-1s CMD x                 | Interval "timeout" cannot be less than 1ms
                    --interval=1 CMD x                  | time: missing unit in duration "1"
                    --interval=1x CMD x                 | time: unknown unit "x" in duration "1x"
                    --interval=x CMD x                  | time: invalid duration "x"
                    --interval=9999999h CMD x           | time: invalid duration "9999999h"
                    --interval=1µs CMD x                | time: unknown unit "\\xc3\\x82\\xc2\\xb5s" in duration "1\\xc3\\x82\\xc2\\xb5s"
                    --retries=x CMD x                   | strconv.ParseInt: parsing "x": invalid syntax
                    --retries=99999999999 CMD x         | strconv.ParseInt: parsing "99999999999": value out of range
                    --retries=-2 CMD x                  | --retries cannot be negative (-2)
                    """)
    void wrongOptionsAreRefused(String arguments, String message) {
        assertThat(Parsing.message("HEALTHCHECK " + arguments + "\n")).isEqualTo(message);
    }

    private static Healthcheck parse(String arguments) {
        return Parsing.first(Healthcheck.class, "HEALTHCHECK " + arguments + "\n");
    }
}
