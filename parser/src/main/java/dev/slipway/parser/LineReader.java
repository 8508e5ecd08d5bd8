package dev.slipway.parser;

import dev.slipway.parser.directive.DirectiveReader;
import dev.slipway.parser.directive.RepeatedDirectiveException;
import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Directive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes logical lines of physical ones: reads the directives, joins continued lines, drops comment lines and, when asked
 * to, hands out heredoc bodies as they are.
 */
final class LineReader {

    /** The longest physical line, its line end included, in bytes. */
    static final int MAX_LINE = 65_536;

    private static final int[] NO_JOINS = {};

    private final String text;
    private final DirectiveReader directives = new DirectiveReader("#");
    private char escape = '\\';
    private final List<String> comments = new ArrayList<>();
    private boolean tooLong;

    /** The current physical line: its number, where it starts, where its content ends, and where the next one starts. */
    private int number;

    private int start;
    private int end;
    private int next;

    LineReader(String source) {
        text = source;
    }

    char escape() {
        return escape;
    }

    List<Directive> directives() {
        return directives.directives();
    }

    /** The number of physical lines read so far. */
    int number() {
        return number;
    }

    /** The range of the instruction with this logical line, once its heredocs have been read. */
    SourceRange rangeOf(LogicalLine line) {
        return new SourceRange(line.firstLine(), line.column(), number, end - start);
    }

    /** Whether reading stopped at a line that is too long. */
    boolean tooLong() {
        return tooLong;
    }

    /**
     * The next logical line, or null if there is none.
     *
     * @throws Refusal if a directive is wrong
     */
    @Nullable
    LogicalLine next() {
        while (advance()) {
            int from = skipBlanks();
            if (from < end && text.charAt(from) == '#') {
                readComment(from);
            } else {
                directives.read("", number);
                if (from < end) {
                    return join(from);
                }
            }
        }
        return null;
    }

    /**
     * The lines up to the one that equals the terminator, with their line ends, or null if there is none. That line is
     * consumed.
     */
    @Nullable
    String heredoc(String terminator, boolean chomp) {
        int from = next;
        while (advance()) {
            int at = start;
            while (chomp && at < end && text.charAt(at) == '\t') {
                at++;
            }
            if (end - at == terminator.length() && text.startsWith(terminator, at)) {
                return text.substring(from, start);
            }
        }
        return null;
    }

    private boolean advance() {
        if (next >= text.length() || tooLong) {
            return false;
        }
        int newline = text.indexOf('\n', next);
        int following = newline < 0 ? text.length() : newline + 1;
        // A last line without line end must leave room for one.
        int limit = newline < 0 ? MAX_LINE - 1 : MAX_LINE;
        if (following - next > limit / 3 && LosslessUtf8.encode(text.substring(next, following)).length > limit) {
            tooLong = true;
            return false;
        }
        number++;
        start = next == 0 && text.startsWith("\uFEFF") ? 1 : next;
        next = following;
        end = following;
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return true;
    }

    private int skipBlanks() {
        int at = start;
        while (at < end && Blanks.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Optional<Directive> directive(String line) {
        try {
            return directives.read(line, number);
        } catch (RepeatedDirectiveException e) {
            throw new Refusal(e.getMessage());
        }
    }

    private void readComment(int from) {
        if (!directives.done()) {
            Optional<Directive> directive = directive(text.substring(from, end));
            directive.filter(found -> found.name().equals("escape")).ifPresent(this::setEscape);
            if (directive.isPresent()) {
                return;
            }
        }
        // BuildKit drops the first byte of the line, be it the # or a blank before it.
        String comment =
                text.charAt(start) < 0x80 ? text.substring(start + 1, end) : dropFirstByte(text.substring(start, end));
        comment = Blanks.trim(comment);
        if (comment.isEmpty()) {
            comments.clear();
        } else {
            comments.add(comment);
        }
    }

    private static String dropFirstByte(String line) {
        byte[] bytes = LosslessUtf8.encode(line);
        return LosslessUtf8.decode(bytes, 1, bytes.length);
    }

    private void setEscape(Directive directive) {
        String value = directive.value();
        if (!value.equals("`") && !value.equals("\\")) {
            throw new Refusal("invalid escape token '" + value + "' does not match ` or \\");
        }
        escape = value.charAt(0);
    }

    private LogicalLine join(int from) {
        int firstLine = number;
        int column = from - start;
        int cut = continuation(from);
        if (cut < 0) {
            return line(text.substring(from, end), firstLine, column, NO_JOINS, false);
        }
        StringBuilder joined = new StringBuilder().append(text, from, cut);
        int[] joins = new int[8];
        int count = 0;
        boolean emptyContinuation = false;
        boolean splitCharacter = false;
        while (cut >= 0 && advance()) {
            int at = skipBlanks();
            if (at == end) {
                emptyContinuation = true;
            } else if (text.charAt(at) != '#') {
                if (count == joins.length) {
                    joins = Arrays.copyOf(joins, 2 * count);
                }
                joins[count++] = joined.length();
                joins[count++] = number;
                splitCharacter |= Character.isLowSurrogate(text.charAt(start))
                        && joined.length() > 0
                        && Character.isLowSurrogate(joined.charAt(joined.length() - 1));
                cut = continuation(start);
                joined.append(text, start, cut < 0 ? end : cut);
            }
        }
        if (tooLong) {
            number++; // BuildKit counts a line that is too long only where it continues another one
        }
        // Lines can break inside a character. Joined, its bytes are one again.
        String whole = splitCharacter ? LosslessUtf8.decode(LosslessUtf8.encode(joined.toString())) : joined.toString();
        return line(whole, firstLine, column, Arrays.copyOf(joins, count), emptyContinuation);
    }

    private LogicalLine line(String joined, int firstLine, int column, int[] joins, boolean emptyContinuation) {
        List<String> above = comments.isEmpty() ? List.of() : List.copyOf(comments);
        comments.clear();
        return new LogicalLine(joined, firstLine, number, column, end - start, joins, emptyContinuation, above);
    }

    /**
     * The index of the escape character that continues the current line, or -1 if none does. It may be followed by blanks
     * and tabs but not preceded by another one.
     */
    private int continuation(int from) {
        int at = end - 1;
        while (at >= from && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at--;
        }
        boolean continued = at >= from && text.charAt(at) == escape && (at == from || text.charAt(at - 1) != escape);
        return continued ? at : -1;
    }
}
