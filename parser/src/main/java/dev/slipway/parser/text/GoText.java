package dev.slipway.parser.text;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Text as Go prints it, which is how it stands in BuildKit's messages and in image histories. */
public final class GoText {

    private GoText() {}

    /** The text in double quotes, with escapes for what is not printable: Go's {@code %q}. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case 0x07 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case 0x0B -> out.append("\\v");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> appendCharacter(out, c);
            }
        }
        return out.append('"').toString();
    }

    /** The text in lower case, character by character; damaged UTF-8 becomes {@code U+FFFD} on the way. */
    public static String toLowerCase(String text) {
        return isAscii(text) ? text.toLowerCase(Locale.ROOT) : mapped(text, Character::toLowerCase);
    }

    /** The text in upper case, character by character; damaged UTF-8 becomes {@code U+FFFD} on the way. */
    public static String toUpperCase(String text) {
        return isAscii(text) ? text.toUpperCase(Locale.ROOT) : mapped(text, Character::toUpperCase);
    }

    private static String mapped(String text, IntUnaryOperator mapping) {
        return LosslessUtf8.repair(text)
                .codePoints()
                .map(mapping)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The boolean that Go's {@code strconv.ParseBool} reads from this text, if any. */
    public static Optional<Boolean> parseBool(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static void appendCharacter(StringBuilder out, int c) {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            appendHex(out, "\\x", c & 0xFF, 2); // a damaged byte, see LosslessUtf8
        } else if (isPrintable(c)) {
            out.appendCodePoint(c);
        } else if (c < ' ' || c == 0x7F) {
            appendHex(out, "\\x", c, 2);
        } else if (c < 0x10000) {
            appendHex(out, "\\u", c, 4);
        } else {
            appendHex(out, "\\U", c, 8);
        }
    }

    private static void appendHex(StringBuilder out, String prefix, int value, int digits) {
        out.append(prefix);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(Character.forDigit(value >> shift & 0xF, 16));
        }
    }

    /** Go prints letters, marks, numbers, punctuation and symbols as they are, and of the spaces only the ASCII one. */
    private static boolean isPrintable(int c) {
        if (c < 0x7F) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
