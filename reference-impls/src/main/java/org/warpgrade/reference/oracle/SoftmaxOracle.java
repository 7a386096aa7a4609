package org.warpgrade.reference.oracle;

/**
 * Softmax over rows and its Jacobian-vector product, from the definitions of {@code torch.softmax}:
 * {@code y_i = exp(x_i - m) / sum_j exp(x_j - m)} and {@code dx_i = y_i (dy_i - sum_j y_j dy_j)}.
 *
 * <p>Special values follow the formula: a row that holds NaN or +inf, or nothing but -inf, is NaN in every element.
 */
public final class SoftmaxOracle {

    private SoftmaxOracle() {}

    /** {@code y[rows][cols]} of {@code x[rows][cols]}. */
    public static OracleTensor forward(float[] x, int rows, int cols) {
        double[] y = new double[rows * cols];
        for (int row = 0; row < rows; row++) {
            int start = row * cols;
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < cols; c++) {
                largest = Math.max(largest, x[start + c]);
            }
            double sum = 0;
            for (int c = 0; c < cols; c++) {
                y[start + c] = Math.exp(x[start + c] - largest);
                sum += y[start + c];
            }
            for (int c = 0; c < cols; c++) {
                y[start + c] /= sum;
            }
        }
        return OracleTensor.of("y", y, rows, cols);
    }

    /**
     * {@code dx[rows][cols]} of the output {@code y} and its gradient {@code dy}; y is taken as it is, rounding
     * included. The condition sum of an element is {@code |y_i dy_i| + |y_i| sum_j |y_j dy_j|}.
     */
    public static OracleTensor backward(float[] y, float[] dy, int rows, int cols) {
        double[] dx = new double[rows * cols];
        double[] condition = new double[rows * cols];
        for (int row = 0; row < rows; row++) {
            int start = row * cols;
            double dot = 0;
            double magnitude = 0;
            for (int c = 0; c < cols; c++) {
                double term = (double) y[start + c] * dy[start + c];
                dot += term;
                magnitude += Math.abs(term);
            }
            for (int c = 0; c < cols; c++) {
                double yi = y[start + c];
                dx[start + c] = yi * (dy[start + c] - dot);
                condition[start + c] = Math.abs(yi * dy[start + c]) + Math.abs(yi) * magnitude;
            }
        }
        return new OracleTensor("dx", new int[] {rows, cols}, dx, condition);
    }
}
