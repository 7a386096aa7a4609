package org.warpgrade.reports.html;

import java.util.List;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;

/** The tensor as a picture: where it is wrong, and where the first wrong element lies. */
final class ErrorMapPicture {

    private static final double LEFT = 46;
    private static final double TOP = 24;
    private static final double LARGEST = 320;
    private static final double SMALLEST = 60;
    private static final double SHORTEST = 110;
    private static final double HIGHEST_CELL = 22;

    /** From this part of wrong elements on, a cell has the darkest colour. */
    static final double NEARLY_ALL = 0.95;

    /** Four depths of wrong: some, a quarter, half, nearly all; as fills without and classes with the style sheet. */
    private static final String[] FILLS = {"#ffcecb", "#ff8182", "#fa4549", "#a40e26"};

    private final Diagnosis diagnosis;
    private final Messages messages;
    private final int rows;
    private final int columns;
    private final double cellWidth;
    private final double cellHeight;

    private ErrorMapPicture(Diagnosis diagnosis, Messages messages) {
        this.diagnosis = diagnosis;
        this.messages = messages;
        this.rows = diagnosis.mapRows();
        this.columns = diagnosis.mapColumns();
        double cell = Math.clamp(LARGEST / Math.max(rows, columns), 4, 22);
        this.cellWidth = Math.max(cell, SMALLEST / columns);
        this.cellHeight = Math.max(cell, Math.min(HIGHEST_CELL, SHORTEST / rows));
    }

    static boolean possible(Diagnosis diagnosis) {
        return diagnosis.mapRows() > 0
                && diagnosis.mapColumns() > 0
                && diagnosis.map().size() == diagnosis.mapRows() * diagnosis.mapColumns()
                && diagnosis.total() > 1;
    }

    static String draw(Diagnosis diagnosis, Messages messages) {
        return new ErrorMapPicture(diagnosis, messages).draw();
    }

    private String draw() {
        double width = columns * cellWidth;
        double height = rows * cellHeight;
        String shape = Numbers.shape(diagnosis.shape());
        String description = messages.text(
                "map.alt",
                diagnosis.tensor(),
                shape,
                diagnosis.wrong(),
                diagnosis.total(),
                diagnosis.pattern().in(messages.language()));
        Svg svg = new Svg(Math.max(LEFT + width + 16, 190), TOP + height + 12, "error-map", description);
        svg.rectangle(LEFT, TOP, width, height, 0, "map-right", "#dafbe1");
        for (int depth = 0; depth < FILLS.length; depth++) {
            String path = cells(depth);
            if (!path.isEmpty()) {
                svg.path(path, "map-wrong-" + depth, FILLS[depth]);
            }
        }
        svg.path(grid(width, height), "map-grid", "none");
        String borders = blockBorders();
        if (!borders.isEmpty()) {
            svg.line(borders, "map-blocks", "#1c2128");
        }
        axes(svg, width, height);
        firstWrong(svg);
        return svg.close();
    }

    /** Runs of neighbouring cells of one depth, as one path: a map of 4096 cells stays a few kilobytes. */
    private String cells(int depth) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            int column = 0;
            while (column < columns) {
                int end = column;
                while (end < columns && depth(row, end) == depth) {
                    end++;
                }
                if (end > column) {
                    path.append('M')
                            .append(Svg.number(LEFT + column * cellWidth))
                            .append(' ')
                            .append(Svg.number(TOP + row * cellHeight))
                            .append('h')
                            .append(Svg.number((end - column) * cellWidth))
                            .append('v')
                            .append(Svg.number(cellHeight))
                            .append('h')
                            .append(Svg.number(-(end - column) * cellWidth))
                            .append('z');
                }
                column = Math.max(end, column + 1);
            }
        }
        return path.toString();
    }

    private int depth(int row, int column) {
        double wrong = diagnosis.map().get(row * columns + column);
        return wrong <= 0 ? -1 : wrong < 0.25 ? 0 : wrong < 0.5 ? 1 : wrong < NEARLY_ALL ? 2 : 3;
    }

    /** A line wherever neighbouring cells were written by different blocks. */
    private String blockBorders() {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < rows && hasBlocks(diagnosis); row++) {
            for (int column = 0; column < columns; column++) {
                if (column > 0 && block(row, column) != block(row, column - 1)) {
                    path.append('M')
                            .append(Svg.number(LEFT + column * cellWidth))
                            .append(' ')
                            .append(Svg.number(TOP + row * cellHeight))
                            .append('v')
                            .append(Svg.number(cellHeight));
                }
                if (row > 0 && block(row, column) != block(row - 1, column)) {
                    path.append('M')
                            .append(Svg.number(LEFT + column * cellWidth))
                            .append(' ')
                            .append(Svg.number(TOP + row * cellHeight))
                            .append('h')
                            .append(Svg.number(cellWidth));
                }
            }
        }
        return path.toString();
    }

    private int block(int row, int column) {
        return diagnosis.blocks().get(row * columns + column);
    }

    /** Whether it is known which block wrote what. */
    static boolean hasBlocks(Diagnosis diagnosis) {
        return diagnosis.blocks().size() == diagnosis.mapRows() * diagnosis.mapColumns()
                && diagnosis.blocks().stream().anyMatch(block -> block >= 0);
    }

    private String grid(double width, double height) {
        StringBuilder path = new StringBuilder();
        if (cellWidth >= 5 && cellHeight >= 5) {
            for (int row = 1; row < rows; row++) {
                path.append('M')
                        .append(Svg.number(LEFT))
                        .append(' ')
                        .append(Svg.number(TOP + row * cellHeight))
                        .append('h')
                        .append(Svg.number(width));
            }
            for (int column = 1; column < columns; column++) {
                path.append('M')
                        .append(Svg.number(LEFT + column * cellWidth))
                        .append(' ')
                        .append(Svg.number(TOP))
                        .append('v')
                        .append(Svg.number(height));
            }
        }
        path.append('M')
                .append(Svg.number(LEFT))
                .append(' ')
                .append(Svg.number(TOP))
                .append('h')
                .append(Svg.number(width))
                .append('v')
                .append(Svg.number(height))
                .append('h')
                .append(Svg.number(-width))
                .append('z');
        return path.toString();
    }

    /** The first and last index of the map's rows (all but the last axis, flattened) and columns (the last axis). */
    private void axes(Svg svg, double width, double height) {
        long lastColumn = diagnosis.shape().isEmpty()
                ? diagnosis.total()
                : diagnosis.shape().getLast();
        long lastRow = lastColumn == 0 ? 0 : diagnosis.total() / lastColumn;
        if (rows == 1 || lastRow <= 1) {
            lastRow = 1;
        }
        svg.label(LEFT, TOP - 8, "start", "axis", "0");
        if (width > 70) {
            svg.label(LEFT + width / 2, TOP - 8, "middle", "axis", messages.text("map.columns"));
        }
        svg.label(LEFT + width, TOP - 8, "end", "axis", Long.toString(lastColumn - 1));
        svg.label(LEFT - 6, TOP + Math.min(10, height), "end", "axis", "0");
        if (height > 60) {
            svg.label(LEFT - 6, TOP + height / 2 + 4, "end", "axis", messages.text("map.rows"));
        }
        if (height > 24) {
            svg.label(LEFT - 6, TOP + height, "end", "axis", Long.toString(lastRow - 1));
        }
    }

    private void firstWrong(Svg svg) {
        List<Integer> shape = diagnosis.shape();
        List<Integer> at = diagnosis.coordinate();
        if (shape.isEmpty() || at.size() != shape.size()) {
            return;
        }
        long row = 0;
        for (int axis = 0; axis < shape.size() - 1; axis++) {
            row = row * shape.get(axis) + at.get(axis);
        }
        double allColumns = shape.getLast();
        double allRows = Math.max(1, diagnosis.total() / allColumns);
        if (rows == 1 && allRows > 1) {
            return;
        }
        double mapColumn = Math.floor(at.getLast() * columns / allColumns);
        double mapRow = Math.floor(row * rows / allRows);
        if (mapRow >= rows || mapColumn >= columns) {
            return;
        }
        svg.circle(
                LEFT + (mapColumn + 0.5) * cellWidth,
                TOP + (mapRow + 0.5) * cellHeight,
                Math.max(5, Math.min(cellWidth, cellHeight) * 0.7),
                "map-first",
                "#0969da");
    }

    /** For the caption. */
    static String title(Diagnosis diagnosis, Messages messages) {
        return messages.text("map.title", diagnosis.tensor(), Numbers.shape(diagnosis.shape()));
    }
}
