package org.warpgrade.reference.oracle;

import org.jspecify.annotations.Nullable;

/** Linear layers {@code y = x W^T + b} in double precision, {@code W[out][in]} as PyTorch lays it out. */
final class Dense {

    private Dense() {}

    static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** {@code [rows][in] -> [rows][out]}; a null bias is no bias. */
    static double[] linear(double[] x, float[] w, float @Nullable [] b, int rows, int in, int out) {
        double[] y = new double[rows * out];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < out; o++) {
                double sum = b == null ? 0 : b[o];
                for (int i = 0; i < in; i++) {
                    sum += x[row * in + i] * w[o * in + i];
                }
                y[row * out + o] = sum;
            }
        }
        return y;
    }

    /** The sums of the absolute values of the terms that {@link #linear} adds. */
    static double[] magnitudes(double[] x, float[] w, float @Nullable [] b, int rows, int in, int out) {
        double[] sums = new double[rows * out];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < out; o++) {
                double sum = b == null ? 0 : Math.abs(b[o]);
                for (int i = 0; i < in; i++) {
                    sum += Math.abs(x[row * in + i] * w[o * in + i]);
                }
                sums[row * out + o] = sum;
            }
        }
        return sums;
    }
}
