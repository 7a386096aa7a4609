package org.warpgrade.reference.oracle;

import java.util.Arrays;

/**
 * What an output must hold.
 *
 * @param name the output's name in the signature, or the stage's: {@code probs}
 * @param shape extents, outermost first
 * @param values row-major, double precision
 * @param conditionSums for each element the sum of the absolute values of the terms it is made of (M of curriculum C4);
 *     equal to {@code |values|} where the formula is no sum
 */
public record OracleTensor(String name, int[] shape, double[] values, double[] conditionSums) {

    public OracleTensor {
        long elements = 1;
        for (int extent : shape) {
            elements *= extent;
        }
        if (values.length != elements || conditionSums.length != elements) {
            throw new IllegalArgumentException(name + Arrays.toString(shape) + " with " + values.length + " values and "
                    + conditionSums.length + " condition sums");
        }
    }

    /** An oracle whose elements are no sums. */
    public static OracleTensor of(String name, double[] values, int... shape) {
        double[] magnitudes = new double[values.length];
        Arrays.setAll(magnitudes, i -> Math.abs(values[i]));
        return new OracleTensor(name, shape, values, magnitudes);
    }
}
