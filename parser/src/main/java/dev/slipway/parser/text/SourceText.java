package dev.slipway.parser.text;

/** The bytes of a Dockerfile, with its lines by number for excerpts in messages. */
public final class SourceText {

    private final byte[] bytes;

    private SourceText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The text of these bytes, which are copied. */
    public static SourceText of(byte[] bytes) {
        return new SourceText(bytes.clone());
    }

    /** A copy of the bytes, as they were given. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of lines. A last line without line end counts. */
    public int lineCount() {
        int count = 0;
        for (int start = 0; start < bytes.length; start = endOfLine(start)) {
            count++;
        }
        return count;
    }

    /**
     * The text of a line without its line end, and of the first one without byte-order mark.
     *
     * @param number counts from 1
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public String line(int number) {
        int from = 0;
        for (int i = 1; i < number && from < bytes.length; i++) {
            from = endOfLine(from);
        }
        if (number < 1 || from == bytes.length) {
            throw new IndexOutOfBoundsException("no line " + number);
        }
        int to = endOfLine(from);
        while (to > from && (bytes[to - 1] == '\n' || bytes[to - 1] == '\r')) {
            to--;
        }
        String line = LosslessUtf8.decode(bytes, from, to);
        return number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    /** Where the line behind the one that holds this place starts. */
    private int endOfLine(int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, bytes.length);
    }
}
