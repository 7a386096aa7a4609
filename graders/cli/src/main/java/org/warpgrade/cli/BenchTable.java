package org.warpgrade.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of words and numbers, aligned for a terminal: names to the left, all else to the right. */
final class BenchTable {

    private final List<List<String>> rows = new ArrayList<>();

    /** @param heading the first column's and every other column's title */
    BenchTable(List<String> heading) {
        rows.add(List.copyOf(heading));
    }

    void row(String name, List<String> cells) {
        List<String> row = new ArrayList<>();
        row.add(name);
        row.addAll(cells);
        rows.add(row);
    }

    List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], width(row.get(c)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("  ");
        for (int c = 0; c < row.size(); c++) {
            String pad = " ".repeat(widths[c] - width(row.get(c)));
            line.append(c == 0 ? row.get(c) + pad : "  " + pad + row.get(c));
        }
        return line.toString().stripTrailing();
    }

    /** Cells that the text takes: Chinese characters take two each. */
    static int width(String text) {
        return text.codePoints()
                .map(c -> c >= 0x2E80 && c <= 0xFFEF && !(c >= 0xFF61 && c <= 0xFFDC) ? 2 : 1)
                .sum();
    }
}
