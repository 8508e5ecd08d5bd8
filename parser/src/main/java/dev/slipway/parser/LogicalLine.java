package dev.slipway.parser;

import dev.slipway.parser.text.SourceRange;
import java.util.List;

/**
 * The text of one instruction, put together from physical lines.
 *
 * @param text the joined text, without the blanks at its start
 * @param firstLine the line where it starts
 * @param lastLine the line where it ends, heredocs not counted
 * @param column the character in its first line where it starts
 * @param endColumn the character in its last line where that ends
 * @param joins where it goes on in another physical line: pairs of an index in the text and a line number
 * @param emptyContinuation whether a blank line stands between its lines
 * @param comments the comment lines above
 */
record LogicalLine(
        String text,
        int firstLine,
        int lastLine,
        int column,
        int endColumn,
        int[] joins,
        boolean emptyContinuation,
        List<String> comments) {

    /** Where the whole line stands in the file. */
    SourceRange range() {
        return new SourceRange(firstLine, column, lastLine, endColumn);
    }

    /** Where a part of the text stands in the file. */
    SourceRange rangeOf(int from, int to) {
        int lastStart = startOf(to - 1);
        return new SourceRange(lineOf(from), columnOf(from), lineOf(to - 1), to - lastStart + columnAt(lastStart));
    }

    private int columnOf(int index) {
        int start = startOf(index);
        return index - start + columnAt(start);
    }

    private int columnAt(int start) {
        return start == 0 ? column : 0;
    }

    private int startOf(int index) {
        int start = 0;
        for (int i = 0; i < joins.length && joins[i] <= index; i += 2) {
            start = joins[i];
        }
        return start;
    }

    private int lineOf(int index) {
        int line = firstLine;
        for (int i = 0; i < joins.length && joins[i] <= index; i += 2) {
            line = joins[i + 1];
        }
        return line;
    }
}
