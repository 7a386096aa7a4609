package org.warpgrade.reference.oracle;

import java.util.Arrays;

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
        // Row by row of op(B), so that the terms of a sum come in the order of the formula and memory is read in a
        // line.
        double[][] right = alpha == 0 ? new double[0][] : rows(b, k, n);
        double[] sums = new double[n];
        double[] magnitude = new double[n];
        for (int row = 0; row < m; row++) {
            Arrays.fill(sums, 0);
            Arrays.fill(magnitude, 0);
            for (int l = 0; l < right.length; l++) {
                addTerms(a.at(row, l), right[l], sums, magnitude);
            }
            for (int column = 0; column < n; column++) {
                int at = row * ldc + column;
                double old = beta == 0 ? 0 : (double) beta * c[at];
                values[at] = (alpha == 0 ? 0 : sums[column] * alpha) + old;
                magnitudes[at] = magnitude[column] * Math.abs(alpha) + Math.abs(old);
            }
        }
        return new OracleTensor("C", new int[] {m, ldc}, values, magnitudes);
    }

    private static double[][] rows(Operand operand, int rows, int columns) {
        double[][] all = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                all[row][column] = operand.at(row, column);
            }
        }
        return all;
    }

    private static void addTerms(double factor, double[] row, double[] sums, double[] magnitudes) {
        for (int i = 0; i < row.length; i++) {
            double term = factor * row[i];
            sums[i] += term;
            magnitudes[i] += Math.abs(term);
        }
    }
}
