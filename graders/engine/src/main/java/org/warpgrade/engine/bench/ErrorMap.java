package org.warpgrade.engine.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A tensor as a picture of at most 64 x 64 cells, each the fraction of its elements that are wrong. A tensor of one row
 * is wrapped into rows of 64.
 *
 * @param cells row by row
 * @param firsts the first element of each cell, -1 for one without elements
 */
record ErrorMap(int rows, int columns, List<Double> cells, List<Integer> firsts) {

    private static final int SIDE = 64;

    static ErrorMap of(int[] shape, BitSet wrong) {
        int elements = 1;
        for (int extent : shape) {
            elements *= extent;
        }
        int width = shape.length == 0 ? 1 : shape[shape.length - 1];
        if (width == elements && elements > SIDE) {
            width = Math.max(SIDE, (int) Math.ceil(Math.sqrt(elements)));
        }
        int height = Math.max(1, (elements + width - 1) / width);
        int rows = Math.min(SIDE, height);
        int columns = Math.min(SIDE, width);
        int[] bad = new int[rows * columns];
        int[] all = new int[rows * columns];
        int[] firsts = new int[rows * columns];
        Arrays.fill(firsts, -1);
        for (int i = 0; i < elements; i++) {
            int cell =
                    (int) ((long) (i / width) * rows / height) * columns + (int) ((long) (i % width) * columns / width);
            firsts[cell] = all[cell]++ == 0 ? i : firsts[cell];
            bad[cell] += wrong.get(i) ? 1 : 0;
        }
        List<Double> cells = new ArrayList<>(bad.length);
        for (int cell = 0; cell < bad.length; cell++) {
            cells.add(all[cell] == 0 ? 0 : (double) bad[cell] / all[cell]);
        }
        return new ErrorMap(rows, columns, List.copyOf(cells), CheckBench.boxed(firsts));
    }
}
