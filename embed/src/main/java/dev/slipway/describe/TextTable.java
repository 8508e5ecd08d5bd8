package dev.slipway.describe;

import dev.slipway.executor.text.TerminalText;
import dev.slipway.executor.text.UrlCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Columns side by side, each as wide as its widest cell; the last one is not padded. They are fit for a terminal. */
final class TextTable {

    private final int gap;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param gap the number of blanks between columns
     */
    TextTable(int gap) {
        this.gap = gap;
    }

    void row(String... cells) {
        rows.add(Stream.of(cells)
                .map(cell -> TerminalText.line(UrlCredentials.redact(cell)))
                .toArray(String[]::new));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            for (int column = 0; column < row.length - 1; column++) {
                text.append(row[column]).append(" ".repeat(width(column) + gap - length(row[column])));
            }
            text.append(row[row.length - 1]).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row[column])).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
