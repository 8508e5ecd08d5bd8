package dev.slipway.parser;

import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.LosslessUtf8;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** JSON arrays as Go reads them. Arrays of strings are arguments; any other array is a mistake. */
final class JsonArray {

    /** Go refuses deeper nesting. */
    private static final int MAX_DEPTH = 10_000;

    private final String text;
    private int at;

    private JsonArray(String text) {
        this.text = text;
    }

    /** The elements of an array that is known to hold strings only. */
    static List<String> strings(String array) {
        String text = LosslessUtf8.repair(array);
        List<String> strings = new ArrayList<>();
        int open = text.indexOf('"');
        while (open >= 0) {
            int close = open + 1;
            boolean escaped = false;
            while (text.charAt(close) != '"') {
                if (text.charAt(close) == '\\') {
                    escaped = true;
                    close++;
                }
                close++;
            }
            String content = text.substring(open + 1, close);
            strings.add(escaped ? unescape(content) : content);
            open = text.indexOf('"', close + 1);
        }
        return strings;
    }

    /** Refuses text that is a JSON array but not one of strings. Text that is not JSON is left alone: it is for a shell. */
    static void refuseMixed(String text) {
        int start = Blanks.skip(text, 0);
        if (text.startsWith("[", start) && new JsonArray(text.substring(start)).isValid()) {
            throw new Refusal("when using JSON array syntax, arrays must be comprised of strings only");
        }
    }

    private static String unescape(String content) {
        StringBuilder out = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = content.charAt(++i);
            switch (escaped) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(content, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> out.append(escaped);
            }
        }
        return LosslessUtf8.repair(out.toString());
    }

    /**
     * Whether the text is one JSON value. Open containers are kept in a bit set and not on the stack, because the author of the
     * file decides how deep they are.
     */
    private boolean isValid() {
        BitSet objects = new BitSet();
        int depth = 0;
        boolean valueEnded = false;
        do {
            skipBlanks();
            char c = peek();
            if (valueEnded) {
                boolean inObject = objects.get(depth);
                at++;
                if (c == (inObject ? '}' : ']')) {
                    depth--;
                } else if (c != ',' || inObject && !key()) {
                    return false;
                } else {
                    valueEnded = false;
                }
            } else if (c == '[' || c == '{') {
                if (++depth > MAX_DEPTH) {
                    return false;
                }
                objects.set(depth, c == '{');
                at++;
                skipBlanks();
                valueEnded = peek() == (c == '{' ? '}' : ']');
                if (!valueEnded && c == '{' && !key()) {
                    return false;
                }
            } else {
                valueEnded = c == '"' ? string() : literal();
                if (!valueEnded) {
                    return false;
                }
            }
        } while (depth > 0);
        skipBlanks();
        return at == text.length();
    }

    private boolean key() {
        skipBlanks();
        boolean named = peek() == '"' && string();
        skipBlanks();
        return named && take(':');
    }

    private boolean string() {
        at++;
        while (peek() != '"') {
            if (peek() < ' ') {
                return false;
            }
            if (text.charAt(at++) == '\\') {
                char escaped = peek();
                at++;
                if (escaped == 'u' ? !hexDigits() : "\"\\/bfnrt".indexOf(escaped) < 0) {
                    return false;
                }
            }
        }
        at++;
        return true;
    }

    private boolean hexDigits() {
        for (int i = 0; i < 4; i++, at++) {
            if (peek() > 'f' || Character.digit(peek(), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean literal() {
        for (String word : List.of("true", "false", "null")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return true;
            }
        }
        return number();
    }

    private boolean number() {
        int from = at;
        take('-');
        if (!take('0') && !digits() || take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            if (!digits()) {
                return false;
            }
        }
        // Go refuses a number out of range, too.
        return Double.isFinite(Double.parseDouble(text.substring(from, at)));
    }

    private boolean digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at > from;
    }

    private boolean take(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            at++;
        }
    }

    /** The current character, or 0 at the end, which no rule of JSON accepts. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
