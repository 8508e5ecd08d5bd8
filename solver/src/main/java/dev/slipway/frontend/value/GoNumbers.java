package dev.slipway.frontend.value;

import dev.slipway.parser.text.GoText;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and truth values as Go's strconv reads them, with its errors. */
public final class GoNumbers {

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]++");

    private GoNumbers() {}

    /**
     * A decimal number of 64 bits with a sign or without.
     *
     * @throws IllegalArgumentException with Go's text if this is not such a number
     */
    public static long parseInt64(String text) {
        return int64(text).orElseThrow(() -> {
            String problem = INTEGER.matcher(text).matches() ? "value out of range" : "invalid syntax";
            return new IllegalArgumentException("strconv.ParseInt: parsing " + GoText.quote(text) + ": " + problem);
        });
    }

    /** Like {@link #parseInt64}; empty if this is not such a number. */
    public static Optional<Long> int64(String text) {
        try {
            return INTEGER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // It is out of range.
        }
    }

    /**
     * A number of 32 bits without a sign.
     *
     * @param radix 8 or 10
     * @return the number, or empty if this is not one
     */
    public static Optional<Long> parseUint32(String text, int radix) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c < '0' + radix)) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(text, radix);
        return number.bitLength() > 32 ? Optional.empty() : Optional.of(number.longValue());
    }

    /** {@code 1 t T TRUE true True 0 f F FALSE false False}; empty for anything else. */
    public static Optional<Boolean> parseBool(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Optional.of(true);
            case "0", "f", "F", "FALSE", "false", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
