package dev.slipway.describe;

import java.util.ArrayList;
import java.util.List;

/** Columns side by side, each as wide as its widest cell; the last one is not padded. */
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
        rows.add(cells);
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
