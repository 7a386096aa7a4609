package org.warpgrade.assignments;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.SeedItem;

/** Which seed item of the curriculum is answered by which assignment, and by which of its checks. */
public final class SeedTable {

    /**
     * One answer.
     *
     * @param seed id of the seed item
     * @param assignment id of the assignment that answers it
     * @param checks ids of the checks that embody the answer, in the order of the report; never empty
     */
    public record Row(String seed, String assignment, List<String> checks) {}

    private SeedTable() {}

    /** By seed item, then in the order of the assignments. */
    public static List<Row> rows(List<Assignment> assignments) {
        List<Row> rows = new ArrayList<>();
        for (Assignment assignment : assignments) {
            for (SeedItem seed : assignment.seeds()) {
                rows.add(new Row(seed.id(), assignment.id(), checks(assignment, seed)));
            }
        }
        rows.sort(Comparator.comparing(Row::seed));
        return List.copyOf(rows);
    }

    /** The table as Markdown with aligned columns, so that it also reads well in a terminal; ends with a line break. */
    public static String markdown(List<Assignment> assignments) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("seed item", "assignment", "checks"));
        for (Row row : rows(assignments)) {
            cells.add(List.of(row.seed(), row.assignment(), String.join(", ", row.checks())));
        }
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < 3; column++) {
            int c = column;
            widths.add(
                    cells.stream().mapToInt(line -> line.get(c).length()).max().orElse(0));
        }
        cells.add(1, widths.stream().map("-"::repeat).toList());
        return cells.stream().map(line -> line(line, widths) + "\n").collect(Collectors.joining());
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder text = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++) {
            text.append(' ').append(cells.get(i));
            text.append(" ".repeat(widths.get(i) - cells.get(i).length())).append(" |");
        }
        return text.toString();
    }

    private static List<String> checks(Assignment assignment, SeedItem seed) {
        return assignment.checks().stream()
                .map(CheckSpec::id)
                .filter(id -> seed.checks().isEmpty() || seed.checks().contains(id))
                .toList();
    }
}
