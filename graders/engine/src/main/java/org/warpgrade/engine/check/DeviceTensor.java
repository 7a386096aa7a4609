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

    /** A copy whose rows (of {@code width} elements) come in the given order. */
    public DeviceTensor rows(int width, int[] order) {
        float[] moved = new float[order.length * width];
        for (int row = 0; row < order.length; row++) {
            System.arraycopy(values, order[row] * width, moved, row * width, width);
        }
        return new DeviceTensor(name, shape, moved);
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
