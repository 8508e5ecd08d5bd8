package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory and disk as Docker's options write them: {@code 64m}, {@code 1.5GB}, {@code 1 KiB}. */
public final class ByteSize {

    private static final Pattern SIZE = Pattern.compile("(.*[0-9. ])([^0-9. ]*)", Pattern.DOTALL);
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
    private static final String UNITS = "kmgtp";
    private static final List<String> PRINTED_UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");

    private ByteSize() {}

    /**
     * The number of bytes. Units are powers of 1024, in upper or lower case, optionally followed by {@code b} or
     * {@code ib}.
     *
     * @throws IllegalArgumentException if this is not a size, or is more than 2^63 bytes
     */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(requireNonNull(text, "text is null"));
        if (!size.matches()) {
            throw new IllegalArgumentException("invalid size: '" + text + "'");
        }
        String digits = size.group(1);
        String number = digits.endsWith(" ") ? digits.substring(0, digits.length() - 1) : digits;
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("strconv.ParseFloat: parsing \"" + number + "\": invalid syntax");
        }
        double bytes = Double.parseDouble(number) * multiplier(size.group(2));
        if (bytes < 0 || bytes >= Long.MAX_VALUE) {
            throw new IllegalArgumentException("invalid size: '" + text + "'");
        }
        return (long) bytes;
    }

    /** A size as Docker prints it for people: four digits and a unit that is a power of 1000, such as {@code 1.234GB}. */
    public static String format(long bytes) {
        double rest = bytes;
        int unit = 0;
        while (rest >= 1000 && unit < PRINTED_UNITS.size() - 1) {
            rest /= 1000;
            unit++;
        }
        BigDecimal digits = new BigDecimal(rest).round(new MathContext(4)).stripTrailingZeros();
        return digits.toPlainString() + PRINTED_UNITS.get(unit);
    }

    private static long multiplier(String suffix) {
        String unit = suffix.toLowerCase(Locale.ROOT);
        if (unit.isEmpty() || unit.equals("b")) {
            return 1;
        }
        int power = UNITS.indexOf(unit.charAt(0)) + 1;
        String rest = unit.substring(1);
        if (power == 0 || !(rest.isEmpty() || rest.equals("b") || rest.equals("ib"))) {
            throw new IllegalArgumentException("invalid suffix: '" + (suffix.length() > 3 ? suffix : unit) + "'");
        }
        return 1L << 10 * power;
    }
}
