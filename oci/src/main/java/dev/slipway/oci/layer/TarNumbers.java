package dev.slipway.oci.layer;

import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.TarFormat.Field;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in tar headers: octal digits, GNU's base 256, and the decimal ones of PAX records. */
final class TarNumbers {

    private static final Pattern DECIMAL = Pattern.compile("(-?)(\\d{1,18})(?:\\.(\\d*))?");

    private TarNumbers() {}

    static long read(byte[] header, Field field) throws InvalidImageException {
        if ((header[field.offset()] & 0x80) != 0) {
            return readBase256(header, field);
        }
        long number = 0;
        String digits = new String(header, field.offset(), field.length(), StandardCharsets.ISO_8859_1);
        int end = digits.indexOf('\0') < 0 ? digits.length() : digits.indexOf('\0');
        // Some writers fill with spaces, some with NULs, in front or behind.
        String trimmed = end == 0
                ? digits.replace('\0', ' ').trim()
                : digits.substring(0, end).trim();
        for (int i = 0; i < trimmed.length(); i++) {
            int digit = trimmed.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                throw new InvalidImageException("a number in a tar header is not octal: \"" + trimmed + "\"");
            }
            number = number << 3 | digit;
        }
        return number;
    }

    /** GNU's form of numbers too large for the field: two's complement, after a bit that is always set. */
    private static long readBase256(byte[] header, Field field) throws InvalidImageException {
        boolean negative = (header[field.offset()] & 0x40) != 0;
        long number = negative ? -1 : 0;
        for (int i = 0; i < field.length(); i++) {
            int b = header[field.offset() + i] & 0xFF;
            if (i == 0) {
                b = negative ? b : b & 0x7F;
            }
            long shifted = number << 8 | b;
            if (shifted >> 8 != number) {
                throw new InvalidImageException("a number in a tar header is too large");
            }
            number = shifted;
        }
        return number;
    }

    /** A whole number of a PAX record. */
    static long parseDecimal(String key, byte[] value) throws InvalidImageException {
        Matcher matcher = DECIMAL.matcher(UnixText.decode(value));
        if (!matcher.matches() || matcher.group(3) != null) {
            throw invalid(key, value);
        }
        return Long.parseLong(matcher.group(1) + matcher.group(2));
    }

    /** A time of a PAX record: seconds since 1970, with a fraction of any length. */
    static Instant parseTime(String key, byte[] value) throws InvalidImageException {
        Matcher matcher = DECIMAL.matcher(UnixText.decode(value));
        if (!matcher.matches()) {
            throw invalid(key, value);
        }
        String fraction = matcher.group(3) == null ? "" : matcher.group(3);
        long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        boolean negative = !matcher.group(1).isEmpty();
        long seconds = Long.parseLong(matcher.group(2));
        return time(negative ? -seconds : seconds, negative ? -nanos : nanos);
    }

    static Instant time(long seconds, long nanos) throws InvalidImageException {
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidImageException("a time in a tar header is out of range: " + seconds, e);
        }
    }

    static boolean fitsOctal(Field field, long number) {
        return number >= 0 && number < 1L << 3 * (field.length() - 1);
    }

    /** Octal digits that fill the field but for a NUL at its end; 0 for what does not fit, a PAX record has it. */
    static void write(byte[] header, Field field, long number) {
        long rest = fitsOctal(field, number) ? number : 0;
        for (int i = field.length() - 2; i >= 0; i--) {
            header[field.offset() + i] = (byte) ('0' + (rest & 7));
            rest >>= 3;
        }
    }

    private static InvalidImageException invalid(String key, byte[] value) {
        String text = UnixText.decode(value);
        return new InvalidImageException("invalid value of \"" + key + "\" in a tar header: \""
                + text.substring(0, Math.min(40, text.length())) + "\"");
    }
}
