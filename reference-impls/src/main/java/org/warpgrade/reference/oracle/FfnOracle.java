package org.warpgrade.reference.oracle;

import org.jspecify.annotations.Nullable;

/**
 * The position-wise feed-forward network {@code y = W2 act(W1 x + b1) + b2} (Vaswani et al., "Attention is all you need",
 * 2017, section 3.3) and its gradients. Weights are {@code W[out][in]}.
 */
public final class FfnOracle {

    private FfnOracle() {}

    /** The extents: tokens T, width H of the model, width I of the hidden layer. */
    public record Size(int tokens, int width, int inner) {

        @Override
        public String toString() {
            return "T=" + tokens + " H=" + width + " I=" + inner;
        }
    }

    /** The parameters: {@code w1[I][H], b1[I], w2[H][I], b2[H]}; a bias may be null, which means there is none. */
    public record Weights(float[] w1, float @Nullable [] b1, float[] w2, float @Nullable [] b2) {}

    /** Mistakes in the forward pass that are told by name. */
    public enum Slip {
        NONE,
        /** {@code act(W2 (W1 x + b1) + b2)}. */
        ACTIVATION_AFTER_SECOND_LAYER,
        /** {@code W2 (act(W1 x) + b1) + b2}. */
        FIRST_BIAS_AFTER_ACTIVATION,
        /** The tanh form of GELU for the erf form, and the reverse. */
        OTHER_GELU,
        /** {@code W2 (W1 x + b1) + b2}. */
        NO_ACTIVATION,
        /** {@code W2 relu(W1 x + b1) + b2} whatever the code says. */
        ALWAYS_RELU,
        NO_FIRST_BIAS,
        NO_SECOND_BIAS,
        /** The hidden layer ends after 4 H units. */
        INNER_IS_4H
    }

    /** Mistakes in the backward pass that are told by name. */
    public enum BackwardSlip {
        NONE,
        /** The gradient passes the activation unchanged. */
        NO_SLOPE,
        /** Multiplied by act(z) in place of act'(z). */
        VALUE_FOR_SLOPE,
        /** act'(act(z)): the derivative taken at the value after the activation. */
        SLOPE_OF_OUTPUT,
        /** Parameter gradients divided by the number of tokens. */
        MEAN_OVER_TOKENS,
        /** Bias gradients summed along the features of one token. */
        BIAS_OVER_FEATURES,
        /** A dead ReLU unit lets 1 % through. */
        LEAKY
    }

    /** Gradients of a loss with {@code dL/dy = dy}, in the shapes of what they belong to. */
    public record Gradients(OracleTensor dx, OracleTensor dw1, OracleTensor db1, OracleTensor dw2, OracleTensor db2) {}

    public static OracleTensor forward(float[] x, Weights w, int act, Size size) {
        return forward(x, w, act, size, Slip.NONE);
    }

    /** {@code y[T][H]}, with the mistake made. */
    public static OracleTensor forward(float[] x, Weights w, int act, Size size, Slip slip) {
        int t = size.tokens;
        int h = size.width;
        int n = size.inner;
        boolean late = slip == Slip.FIRST_BIAS_AFTER_ACTIVATION;
        float[] b1 = late || slip == Slip.NO_FIRST_BIAS ? null : w.b1;
        float[] b2 = slip == Slip.NO_SECOND_BIAS ? null : w.b2;
        int code = switch (slip) {
            case ACTIVATION_AFTER_SECOND_LAYER, NO_ACTIVATION -> 0;
            case OTHER_GELU -> act == 4 ? 5 : act == 5 ? 4 : act;
            case ALWAYS_RELU -> 1;
            case NONE, FIRST_BIAS_AFTER_ACTIVATION, NO_FIRST_BIAS, NO_SECOND_BIAS, INNER_IS_4H -> act;
        };
        double[] hidden = Dense.linear(Dense.widen(x), w.w1, b1, t, h, n);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Nonlinearity.value(code, hidden[i]);
            if (late && w.b1 != null) {
                hidden[i] += w.b1[i % n];
            }
            if (slip == Slip.INNER_IS_4H && i % n >= 4 * h) {
                hidden[i] = 0;
            }
        }
        double[] y = Dense.linear(hidden, w.w2, b2, t, n, h);
        if (slip == Slip.ACTIVATION_AFTER_SECOND_LAYER) {
            for (int i = 0; i < y.length; i++) {
                y[i] = Nonlinearity.value(act, y[i]);
            }
        }
        return new OracleTensor("y", new int[] {t, h}, y, Dense.magnitudes(hidden, w.w2, b2, t, n, h));
    }

    public static Gradients backward(float[] x, Weights w, int act, float[] dy, Size size) {
        return backward(x, w, act, dy, size, BackwardSlip.NONE);
    }

    /** All gradients, with the mistake made. */
    public static Gradients backward(float[] x, Weights w, int act, float[] dy, Size size, BackwardSlip slip) {
        int t = size.tokens;
        int h = size.width;
        int n = size.inner;
        double[] wide = Dense.widen(x);
        double[] above = Dense.widen(dy);
        double[] z = Dense.linear(wide, w.w1, w.b1, t, h, n);
        double[] hidden = new double[z.length];
        double[] dz = new double[z.length];
        for (int row = 0; row < t; row++) {
            for (int i = 0; i < n; i++) {
                int at = row * n + i;
                hidden[at] = Nonlinearity.value(act, z[at]);
                double sum = 0;
                for (int j = 0; j < h; j++) {
                    sum += above[row * h + j] * w.w2[j * n + i];
                }
                dz[at] = sum * factor(act, z[at], slip);
            }
        }
        double[] dx = new double[t * h];
        for (int row = 0; row < t; row++) {
            for (int j = 0; j < h; j++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += dz[row * n + i] * w.w1[i * h + j];
                }
                dx[row * h + j] = sum;
            }
        }
        double share = slip == BackwardSlip.MEAN_OVER_TOKENS ? 1.0 / t : 1;
        return new Gradients(
                OracleTensor.of("dx", dx, t, h),
                OracleTensor.of("dw1", outer(dz, wide, t, n, h, share), n, h),
                OracleTensor.of("db1", biases(dz, t, n, share, slip), n),
                OracleTensor.of("dw2", outer(above, hidden, t, h, n, share), h, n),
                OracleTensor.of("db2", biases(above, t, h, share, slip), h));
    }

    private static double factor(int act, double z, BackwardSlip slip) {
        return switch (slip) {
            case NO_SLOPE -> 1;
            case VALUE_FOR_SLOPE -> Nonlinearity.value(act, z);
            case SLOPE_OF_OUTPUT -> Nonlinearity.slope(act, Nonlinearity.value(act, z));
            case LEAKY -> z > 0 ? Nonlinearity.slope(act, z) : 0.01;
            case NONE, MEAN_OVER_TOKENS, BIAS_OVER_FEATURES -> Nonlinearity.slope(act, z);
        };
    }

    /** {@code d[out][in] = share * sum over rows of g[row][out] x[row][in]}. */
    private static double[] outer(double[] g, double[] x, int rows, int out, int in, double share) {
        double[] d = new double[out * in];
        for (int row = 0; row < rows; row++) {
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    d[o * in + i] += share * g[row * out + o] * x[row * in + i];
                }
            }
        }
        return d;
    }

    private static double[] biases(double[] g, int rows, int out, double share, BackwardSlip slip) {
        double[] d = new double[out];
        for (int o = 0; o < out; o++) {
            if (slip == BackwardSlip.BIAS_OVER_FEATURES) {
                for (int i = 0; i < out; i++) {
                    d[o] += g[o % rows * out + i];
                }
            } else {
                for (int row = 0; row < rows; row++) {
                    d[o] += share * g[row * out + o];
                }
            }
        }
        return d;
    }
}
