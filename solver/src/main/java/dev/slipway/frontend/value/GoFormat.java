package dev.slipway.frontend.value;

import dev.slipway.parser.text.GoText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Values as Go prints them, which is how they stand in image histories. */
public final class GoFormat {

    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private GoFormat() {}

    /** {@code [a b]}: Go's {@code %v} of a list. */
    public static String list(List<String> words) {
        return "[" + String.join(" ", words) + "]";
    }

    /** {@code ["a" "b"]}: Go's {@code %q} of a list. */
    public static String quotedList(List<String> words) {
        return words.stream().map(GoText::quote).collect(Collectors.joining(" ", "[", "]"));
    }

    /** {@code 1h30m0s}, {@code 1.5s}, {@code 200ms}, {@code 0s}. */
    public static String duration(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        long rest = Math.abs(nanos);
        if (rest < MICROSECOND) {
            return sign + rest + "ns";
        }
        if (rest < MILLISECOND) {
            return sign + fraction(rest, MICROSECOND) + "µs";
        }
        if (rest < SECOND) {
            return sign + fraction(rest, MILLISECOND) + "ms";
        }
        long minutes = rest / (60 * SECOND);
        String seconds = fraction(rest % (60 * SECOND), SECOND) + "s";
        if (minutes == 0) {
            return sign + seconds;
        }
        return sign + (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + seconds;
    }

    /** A number of units with as many decimals as it needs. */
    private static String fraction(long nanos, long unit) {
        long decimals = nanos % unit;
        if (decimals == 0) {
            return Long.toString(nanos / unit);
        }
        String digits = Long.toString(unit + decimals).substring(1);
        return nanos / unit + "." + digits.replaceFirst("0+$", "");
    }
}
