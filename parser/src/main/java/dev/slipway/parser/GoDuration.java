package dev.slipway.parser;

import dev.slipway.parser.text.LosslessUtf8;
import java.math.BigDecimal;
import java.util.Map;

/** Durations as Go writes them, such as {@code 1h30m} or {@code 1.5s}, with Go's messages for text that is not a duration. */
final class GoDuration {

    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00B5s", 1_000L,
            "\u03BCs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String text;
    private int at;

    private GoDuration(String text) {
        this.text = text;
    }

    /**
     * The number of nanoseconds.
     *
     * @throws Refusal if the text is not a duration
     */
    static long parse(String text) {
        return new GoDuration(text).parse();
    }

    private long parse() {
        boolean negative = text.startsWith("-");
        at = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return 0;
        }
        BigDecimal sum = BigDecimal.ZERO;
        do {
            sum = sum.add(part());
            if (sum.compareTo(MAX) > 0) {
                throw invalid();
            }
        } while (at < text.length());
        return negative ? -sum.longValue() : sum.longValue();
    }

    /** A number and its unit. Fractions of a nanosecond are cut off. */
    private BigDecimal part() {
        int start = at;
        skipDigits();
        boolean digits = at > start;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            int fraction = at;
            skipDigits();
            digits |= at > fraction;
        }
        if (!digits || at - start > 100) {
            throw invalid();
        }
        String number = text.substring(start, at);
        int unit = at;
        while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
            at++;
        }
        String name = text.substring(unit, at);
        if (name.isEmpty()) {
            throw new Refusal("time: missing unit in duration " + quote(text));
        }
        Long nanos = UNITS.get(name);
        if (nanos == null) {
            throw new Refusal("time: unknown unit " + quote(name) + " in duration " + quote(text));
        }
        String plain = number.endsWith(".") ? number.substring(0, number.length() - 1) : number;
        BigDecimal value = new BigDecimal(plain).multiply(BigDecimal.valueOf(nanos));
        return new BigDecimal(value.toBigInteger());
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Refusal invalid() {
        return new Refusal("time: invalid duration " + quote(text));
    }

    /** Go's time package quotes in its own way: everything beyond ASCII as bytes. */
    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (byte b : LosslessUtf8.encode(text)) {
            if (b < ' ') {
                out.append(String.format("\\x%02x", b & 0xFF));
            } else {
                out.append(b == '"' || b == '\\' ? "\\" : "").append((char) b);
            }
        }
        return out.append('"').toString();
    }
}
