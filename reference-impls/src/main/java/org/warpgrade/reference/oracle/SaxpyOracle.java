package org.warpgrade.reference.oracle;

/**
 * SAXPY with BLAS increments: y_i += a x_i, where element i of a vector lies at {@code start + i inc} and {@code start}
 * is 0 for {@code inc >= 0}, else {@code (1 - n) inc} (Lawson, Hanson, Kincaid, Krogh, "Basic Linear Algebra
 * Subprograms", 1979). A value is the float nearest to the exact one, so that a fused multiply-add has no error at all and
 * one rounding more stays within the bound.
 */
public final class SaxpyOracle {

    /** A separately rounded product and sum are each off by 2^-24 at most. */
    private static final double UNIT = 0x1p-23;

    private SaxpyOracle() {}

    /** Where element {@code i} of a vector of {@code n} elements lies. */
    public static int index(int i, int n, int inc) {
        return (inc < 0 ? (1 - n) * inc : 0) + i * inc;
    }

    /**
     * The whole buffer of y after the update, gaps included.
     *
     * @param x buffer of x
     * @param y buffer of y before the update; stays as it is
     * @param incy not 0
     */
    public static OracleTensor saxpy(float a, float[] x, int incx, float[] y, int incy, int n) {
        double[] values = new double[y.length];
        double[] sums = new double[y.length];
        for (int at = 0; at < y.length; at++) {
            values[at] = y[at];
            sums[at] = Math.abs(values[at]);
        }
        for (int i = 0; i < n; i++) {
            int at = index(i, n, incy);
            double product = (double) a * x[index(i, n, incx)];
            // The product of two floats is exact in double.
            values[at] = (float) (product + values[at]);
            sums[at] += Math.abs(product);
        }
        return new OracleTensor("y", new int[] {y.length}, values, sums);
    }

    /**
     * The allowed error of every float of y's buffer: 2^-23 (|a x_i| + |y_i|) for elements, 0 for gaps and where the sum
     * is no finite number.
     */
    public static double[] bounds(OracleTensor result, int incy, int n) {
        double[] bounds = new double[result.values().length];
        for (int i = 0; i < n; i++) {
            int at = index(i, n, incy);
            double sum = result.conditionSums()[at];
            bounds[at] = Double.isFinite(sum) ? UNIT * sum : 0;
        }
        return bounds;
    }
}
