package dev.slipway.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines of cells, printed as a Markdown table whose columns stand below each other. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
        if (rows.size() == 1) {
            rows.add(Collections.nCopies(cells.size(), "---"));
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
                String cell = row.get(column);
                text.append("| ").append(cell).append(" ".repeat(width - cell.length() + 1));
            }
            text.append("|\n");
        }
        return text.toString();
    }
}
