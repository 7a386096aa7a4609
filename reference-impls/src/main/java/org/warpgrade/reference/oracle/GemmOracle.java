package org.warpgrade.reference.oracle;

/**
 * {@code C = alpha op(A) op(B) + beta C} with the semantics of the reference BLAS, row-major: op is the transpose where
 * the flag is not 0; with {@code beta = 0} C is not read, with {@code alpha = 0} A and B are not.
 */
public final class GemmOracle {

    private GemmOracle() {}

    /**
     * One operand as it lies in memory.
     *
     * @param transposed whether op() is the transpose
     * @param values rows of {@code pitch} floats
     * @param pitch floats from one stored row to the next
     */
    public record Operand(boolean transposed, float[] values, int pitch) {

        /** Element (i, j) of op(operand). */
        public double at(int i, int j) {
            return transposed ? values[j * pitch + i] : values[i * pitch + j];
        }
    }

    /**
     * The whole buffer of C afterwards, its padding included.
     *
     * @param c the buffer of C before, {@code m} rows of {@code ldc} floats
     * @return shape [m][ldc]; condition sums {@code |alpha| sum |a b| + |beta c|}, 0 for the padding
     */
    public static OracleTensor gemm(
            int m, int n, int k, float alpha, Operand a, Operand b, float beta, float[] c, int ldc) {
        double[] values = new double[m * ldc];
        double[] magnitudes = new double[m * ldc];
        for (int i = 0; i < values.length; i++) {
            values[i] = c[i];
        }
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < n; column++) {
                double sum = 0;
                double magnitude = 0;
                if (alpha != 0) {
                    for (int l = 0; l < k; l++) {
                        double term = a.at(row, l) * b.at(l, column);
                        sum += term;
                        magnitude += Math.abs(term);
                    }
                    sum *= alpha;
                    magnitude *= Math.abs(alpha);
                }
                int at = row * ldc + column;
                double old = beta == 0 ? 0 : (double) beta * c[at];
                values[at] = sum + old;
                magnitudes[at] = magnitude + Math.abs(old);
            }
        }
        return new OracleTensor("C", new int[] {m, ldc}, values, magnitudes);
    }
}
