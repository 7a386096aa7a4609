package org.warpgrade.reference.oracle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * LayerNorm forward: {@code mean = sum(x) / cols}, {@code rstd = 1 / sqrt(sum((x - mean)^2) / cols + eps)}, {@code y =
 * (x - mean) rstd g + b} for every row (Ba, Kiros, Hinton 2016, equation 3, with PyTorch's eps inside the root).
 *
 * <p>Condition sums: of {@code y} the part that a rounding of the mean is amplified by, {@code |mean| rstd |g|}; of
 * {@code mean} the sum {@code M = sum |x|} (not yet divided by cols); of {@code rstd} the same amplification {@code
 * |mean| rstd}.
 *
 * @param y {@code [rows][cols]}
 * @param mean {@code [rows]}
 * @param rstd {@code [rows]}
 */
public record LayerNormOracle(OracleTensor y, OracleTensor mean, OracleTensor rstd) {

    /** The formula. {@code b} may be null: no bias. */
    public static LayerNormOracle forward(float[] x, float[] g, float @Nullable [] b, int rows, int cols, float eps) {
        double[] mean = new double[rows];
        double[] rstd = new double[rows];
        double[] magnitudes = new double[rows];
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int c = 0; c < cols; c++) {
                sum += x[row * cols + c];
                magnitudes[row] += Math.abs(x[row * cols + c]);
            }
            mean[row] = sum / cols;
            double squares = 0;
            for (int c = 0; c < cols; c++) {
                double deviation = x[row * cols + c] - mean[row];
                squares += deviation * deviation;
            }
            rstd[row] = 1 / Math.sqrt(squares / cols + eps);
        }
        double[] amplified = new double[rows];
        Arrays.setAll(amplified, row -> Math.abs(mean[row]) * rstd[row]);
        return new LayerNormOracle(
                normalised(x, g, b, rows, cols, mean, rstd),
                new OracleTensor("mean", new int[] {rows}, mean, magnitudes),
                new OracleTensor("rstd", new int[] {rows}, rstd, amplified));
    }

    /** Only the last step, {@code y}, with statistics that come from elsewhere. */
    public static OracleTensor normalised(
            float[] x, float[] g, float @Nullable [] b, int rows, int cols, double[] mean, double[] rstd) {
        double[] y = new double[rows * cols];
        double[] amplified = new double[rows * cols];
        for (int i = 0; i < y.length; i++) {
            int row = i / cols;
            int c = i % cols;
            y[i] = (x[i] - mean[row]) * rstd[row] * g[c] + (b == null ? 0 : b[c]);
            amplified[i] = Math.abs(mean[row]) * rstd[row] * Math.abs(g[c]);
        }
        return new OracleTensor("y", new int[] {rows, cols}, y, amplified);
    }
}
