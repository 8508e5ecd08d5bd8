package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.StepMonitor;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogPumpTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringBuilder heard = new StringBuilder();
    private final StepMonitor monitor = new StepMonitor() {
        @Override
        public void log(LogStream stream, byte[] bytes) {
            heard.append(new String(bytes, StandardCharsets.UTF_8));
        }
    };
    private long now;

    @Test
    void withinTheLimitsEverythingPasses() {
        LogPump pump = pump(new LogLimits(10, 10));
        write(pump, "12345");
        write(pump, "67890");
        pump.flush();

        assertThat(heard).hasToString("1234567890");
    }

    @Test
    void beyondTheSizeItIsSaidOnce() {
        LogPump pump = pump(new LogLimits(2 << 10, -1));
        write(pump, "x".repeat(2 << 10) + "y");
        write(pump, "y");

        assertThat(heard.substring(2 << 10)).isEqualTo("\n[output clipped, log limit 2KiB reached]\n");
    }

    @Test
    void aFastProcessIsHeardAgainLater() {
        LogPump pump = pump(new LogLimits(1 << 20, 1 << 10));
        write(pump, "x".repeat(1000) + "y".repeat(1000));
        now += 4 * SECOND;
        write(pump, "later");

        assertThat(heard)
                .hasToString(
                        "x".repeat(1000) + "y".repeat(24) + "\n[output clipped, log limit 1KiB/s reached]\n" + "later");
    }

    @Test
    void withoutLimitsNothingIsClipped() {
        LogPump pump = pump(LogLimits.NONE);
        write(pump, "x".repeat(5 << 20));

        assertThat(heard).hasSize(5 << 20);
    }

    @Test
    void theEndOfWhatWasHeldBackIsFlushed() {
        LogPump pump = pump(new LogLimits(0, -1));
        for (int i = 0; i < 100_000; i++) {
            write(pump, "line " + i + "\n");
        }
        heard.setLength(0);
        pump.flush();

        assertThat(heard).hasSize(256 << 10);
        assertThat(heard.toString()).endsWith("line 99998\nline 99999\n");
    }

    private LogPump pump(LogLimits limits) {
        return new LogPump(monitor, LogStream.OUTPUT, limits, () -> now);
    }

    private static void write(LogPump pump, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pump.write(bytes, bytes.length);
    }
}
