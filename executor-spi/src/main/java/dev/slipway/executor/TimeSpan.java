package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Docker's options write them: {@code 24h}, {@code 1h30m}, {@code 1.5h}, {@code 500ms}; days are {@code d}. */
public final class TimeSpan {

    private static final Pattern PART = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(ms|[dhms])");
    private static final int MAX_PARTS = 5;

    private TimeSpan() {}

    /**
     * The duration.
     *
     * @throws IllegalArgumentException if this is not a duration
     */
    public static Duration parse(String text) {
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(requireNonNull(text, "text is null"));
        int at = 0;
        for (int i = 0; i < MAX_PARTS && at < text.length(); i++) {
            if (!part.find() || part.start() != at) {
                throw invalid(text);
            }
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
            at = part.end();
        }
        if (text.isEmpty() || at < text.length() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text);
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private static long unit(String name) {
        return switch (name) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60 * 1_000_000_000L;
            case "h" -> 3600 * 1_000_000_000L;
            default -> 24 * 3600 * 1_000_000_000L;
        };
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("invalid duration '" + text + "'; write it as 24h, 1h30m or 90s");
    }
}
