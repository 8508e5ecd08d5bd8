package dev.slipway.parser.grammar;

import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.LosslessUtf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * The characters of a logical line as the lexer sees them.
 *
 * <p>No rule asks for a character beyond ASCII, so all of them look alike, and the escape character of the Dockerfile looks
 * like a backslash where escapes count. A line feed follows the line: unlike the end of a stream, the lexer learns how to go on
 * from it. Token texts are what was written.
 */
public final class LineStream implements CharStream {

    private static final char BEYOND_ASCII = 0x7F;

    private final char escape;
    private char[] chars = new char[256];
    private int size;
    private int at;
    private boolean showsEscapes;
    private boolean blanksBeyondAscii;
    private boolean ascii;
    private boolean bytewise;
    private int bytewiseFrom;

    public LineStream(char escape) {
        this.escape = escape;
    }

    /** Starts over with this line, without the blanks at its ends. */
    public void load(String line) {
        replaceFrom(0, line);
        at = 0;
        skipBlanks();
        while (size > at && Blanks.isBlank(chars[size - 1])) {
            size--;
        }
        ascii = GoText.isAscii(line);
        bytewise = false;
    }

    /**
     * From here on each byte is a character: so does BuildKit scan flags, which splits characters beyond ASCII and even
     * takes some of their bytes for blanks.
     */
    void beginBytewise() {
        if (!ascii && !bytewise) {
            bytewise = true;
            bytewiseFrom = at;
            byte[] bytes = LosslessUtf8.encode(getText(at, size));
            replaceFrom(at, new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** From here on characters are characters again. */
    void endBytewise() {
        if (bytewise) {
            bytewise = false;
            at = Math.min(at, size);
            String before = decodeBytes(bytewiseFrom, at);
            replaceFrom(bytewiseFrom, before + decodeBytes(at, size));
            at = bytewiseFrom + before.length();
        }
    }

    private String decodeBytes(int from, int to) {
        return LosslessUtf8.decode(getText(from, to).getBytes(StandardCharsets.ISO_8859_1));
    }

    private void replaceFrom(int from, String text) {
        size = from + text.length();
        if (size > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(size, 2 * chars.length));
        }
        text.getChars(0, text.length(), chars, from);
    }

    /** Whether the escape character looks like a backslash, and whether blanks beyond ASCII look like blanks. */
    void show(boolean escapes, boolean blanks) {
        showsEscapes = escapes;
        blanksBeyondAscii = blanks;
    }

    void skipBlanks() {
        while (at < size && Blanks.isBlank(chars[at])) {
            at++;
        }
    }

    boolean startsWith(char first) {
        return at < size && chars[at] == first;
    }

    boolean startsWith(char first, char second) {
        return startsWith(first) && at + 1 < size && chars[at + 1] == second;
    }

    boolean startsWithBlank() {
        return at < size && Blanks.isBlank(chars[at]);
    }

    boolean atEnd() {
        return at >= size;
    }

    @Override
    public int LA(int offset) {
        int index = at + offset - 1;
        if (index >= size) {
            return index == size ? '\n' : EOF;
        }
        char c = chars[index];
        if (c >= BEYOND_ASCII) {
            return blanksBeyondAscii && Blanks.isBlank(c) ? ' ' : BEYOND_ASCII;
        }
        if (showsEscapes && escape != '\\') {
            return c == escape ? '\\' : c == '\\' ? escape : c;
        }
        return c;
    }

    @Override
    public void consume() {
        at++;
    }

    @Override
    public int index() {
        return at;
    }

    @Override
    public void seek(int index) {
        at = index;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public void release(int marker) {
        // nothing is ever dropped
    }

    @Override
    public String getText(Interval interval) {
        return getText(interval.a, interval.b + 1);
    }

    public String getText(int from, int to) {
        return new String(chars, from, Math.min(to, size) - from);
    }

    /** The text whose bytes these characters are; if they are not bytes, the characters themselves. */
    String getDecodedText(int from, int to) {
        return bytewise ? decodeBytes(from, Math.min(to, size)) : getText(from, to);
    }

    @Override
    public String getSourceName() {
        return UNKNOWN_SOURCE_NAME;
    }
}
