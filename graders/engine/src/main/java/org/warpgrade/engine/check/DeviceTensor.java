package org.warpgrade.engine.check;

import java.util.Arrays;

/**
 * An output of a run as numbers, possibly rearranged by a check before it is compared.
 *
 * @param name the output's name
 * @param shape extents
 * @param values row-major
 */
public record DeviceTensor(String name, int[] shape, float[] values) {

    /** A copy of the first {@code rows} rows (of {@code width} elements): what a run on fewer rows must give. */
    public DeviceTensor firstRows(int width, int rows) {
        return new DeviceTensor(name, new int[] {rows, width}, Arrays.copyOf(values, rows * width));
    }

    /** A copy whose columns (of rows of {@code width} elements) come in the given order: column j is old {@code order[j]}. */
    public DeviceTensor columns(int width, int[] order) {
        int rows = values.length / width;
        float[] moved = new float[rows * order.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < order.length; column++) {
                moved[row * order.length + column] = values[row * width + order[column]];
            }
        }
        int[] extents = order.length == width ? shape : new int[] {rows, order.length};
        return new DeviceTensor(name, extents, moved);
    }

    /** A copy whose rows (of {@code width} elements) come in the given order. */
    public DeviceTensor rows(int width, int[] order) {
        float[] moved = new float[order.length * width];
        for (int row = 0; row < order.length; row++) {
            System.arraycopy(values, order[row] * width, moved, row * width, width);
        }
        int[] extents = moved.length == values.length ? shape : new int[] {order.length, width};
        return new DeviceTensor(name, extents, moved);
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
