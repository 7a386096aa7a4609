package org.warpgrade.reference.oracle;

import org.jspecify.annotations.Nullable;

/**
 * A post-norm Transformer encoder layer, {@code a = LN1(x + MHA(x))} and {@code y = LN2(a + FFN(a))} (Vaswani et al.,
 * "Attention is all you need", 2017, section 3.1; BERT's transformer_model), with every intermediate. Keys from {@code
 * len[b]} on are padding and do not exist.
 */
public final class EncoderLayerOracle {

    private EncoderLayerOracle() {}

    /** The extents: batch, tokens, width of the model, heads, width of the hidden layer. */
    public record Size(int batch, int tokens, int width, int heads, int inner) {

        @Override
        public String toString() {
            return "B=" + batch + " S=" + tokens + " H=" + width + " A=" + heads + " I=" + inner;
        }

        int rows() {
            return batch * tokens;
        }

        MhaOracle.Size attention() {
            return new MhaOracle.Size(batch, tokens, tokens, width, heads);
        }
    }

    /** Gain and bias of a LayerNorm; a null bias is no bias. */
    public record Norm(float[] gain, float @Nullable [] bias) {}

    public record Weights(MhaOracle.Weights attention, Norm first, FfnOracle.Weights ffn, Norm second) {}

    /**
     * Every named intermediate in the order it is made; all but scores and probs {@code [B][A][S][S]} and hidden {@code
     * [B][S][I]} are {@code [B][S][H]}.
     *
     * @param attention what the output projection gives
     * @param sum1 x + attention
     * @param norm1 LN1(sum1)
     * @param hidden after the activation
     * @param ffn what the second layer gives
     * @param sum2 norm1 + ffn
     */
    public record Stages(
            OracleTensor q,
            OracleTensor k,
            OracleTensor v,
            OracleTensor scores,
            OracleTensor probs,
            OracleTensor context,
            OracleTensor attention,
            OracleTensor sum1,
            OracleTensor norm1,
            OracleTensor hidden,
            OracleTensor ffn,
            OracleTensor sum2,
            OracleTensor y) {}

    /** One stage gone wrong, told by name. */
    public enum Slip {
        NONE,
        NO_SCALE(MhaOracle.Slip.NO_SCALE),
        SCALE_BY_WIDTH(MhaOracle.Slip.SCALE_BY_WIDTH),
        INTERLEAVED_HEADS(MhaOracle.Slip.INTERLEAVED_HEADS),
        ONE_HEAD(MhaOracle.Slip.ONE_HEAD),
        ZERO_TIMES_NAN(MhaOracle.Slip.ZERO_TIMES_NAN),
        NO_PADDING_MASK(MhaOracle.Slip.NO_MASK),
        NO_OUTPUT_PROJECTION(MhaOracle.Slip.NO_OUTPUT_PROJECTION),
        NO_OUTPUT_BIAS(MhaOracle.Slip.NO_OUTPUT_BIAS),
        /** {@code x + MHA(LN1(x))}, then {@code h + FFN(LN2(h))}. */
        PRE_NORM,
        /** The second norm uses the parameters of the first. */
        FIRST_NORM_TWICE,
        NO_FIRST_RESIDUAL,
        NO_SECOND_RESIDUAL,
        /** {@code LN2(x + FFN(a))}. */
        SECOND_RESIDUAL_FROM_INPUT,
        /** {@code n - 1} in the variance. */
        UNBIASED_VARIANCE,
        /** 1e-5 whatever eps is. */
        EPS_OF_PYTORCH,
        /** 1e-12 whatever eps is. */
        EPS_OF_BERT,
        /** {@code 1 / (sqrt(variance) + eps)}. */
        EPS_OUTSIDE_ROOT,
        NO_ACTIVATION,
        ALWAYS_RELU,
        ALWAYS_GELU,
        /** The tanh form for the erf form. */
        OTHER_GELU,
        NO_FIRST_FFN_BIAS,
        NO_SECOND_FFN_BIAS;

        private final MhaOracle.Slip inAttention;

        Slip() {
            this(MhaOracle.Slip.NONE);
        }

        Slip(MhaOracle.Slip inAttention) {
            this.inAttention = inAttention;
        }
    }

    public static Stages stages(float[] x, Weights w, int @Nullable [] len, Size size, int act, float eps) {
        return stages(x, w, len, size, act, eps, Slip.NONE);
    }

    /** All stages, with the mistake made; {@code x[B][S][H]}. */
    public static Stages stages(float[] x, Weights w, int @Nullable [] len, Size size, int act, float eps, Slip slip) {
        return new Layer(w, size, act, eps, slip).of(x, len);
    }

    /** What the layer is made of, fixed for one evaluation. */
    private record Layer(Weights w, Size size, int act, float eps, Slip slip) {

        Stages of(float[] x, int @Nullable [] len) {
            boolean pre = slip == Slip.PRE_NORM;
            double[] input = Dense.widen(x);
            float[] attended = pre ? narrowed(norm(input, w.first)) : x;
            MhaOracle.Stages mha = MhaOracle.stages(
                    attended,
                    attended,
                    w.attention,
                    len == null ? null : mask(len),
                    size.attention(),
                    slip.inAttention);
            double[] attention = mha.out().values();
            double[] sum1 = slip == Slip.NO_FIRST_RESIDUAL ? attention : sum(input, attention);
            double[] norm1 = pre ? norm(sum1, w.second) : norm(sum1, w.first);
            double[] hidden = hidden(norm1);
            float[] b2 = slip == Slip.NO_SECOND_FFN_BIAS ? null : w.ffn.b2();
            double[] ffn = Dense.linear(hidden, w.ffn.w2(), b2, size.rows(), size.inner, size.width);
            double[] residual = pre ? sum1 : slip == Slip.SECOND_RESIDUAL_FROM_INPUT ? input : norm1;
            double[] sum2 = slip == Slip.NO_SECOND_RESIDUAL ? ffn : sum(residual, ffn);
            double[] y = pre ? sum2 : norm(sum2, slip == Slip.FIRST_NORM_TWICE ? w.first : w.second);
            return new Stages(
                    mha.q(),
                    mha.k(),
                    mha.v(),
                    mha.scores(),
                    mha.probs(),
                    mha.context(),
                    tensor("attention", attention, size.width),
                    tensor("sum1", sum1, size.width),
                    tensor("norm1", norm1, size.width),
                    tensor("hidden", hidden, size.inner),
                    tensor("ffn", ffn, size.width),
                    tensor("sum2", sum2, size.width),
                    tensor("y", y, size.width));
        }

        private OracleTensor tensor(String name, double[] values, int width) {
            return OracleTensor.of(name, values, size.batch, size.tokens, width);
        }

        private byte[] mask(int[] len) {
            byte[] mask = new byte[size.rows() * size.tokens];
            for (int row = 0; row < size.rows(); row++) {
                for (int j = 0; j < size.tokens; j++) {
                    mask[row * size.tokens + j] = (byte) (j < len[row / size.tokens] ? 1 : 0);
                }
            }
            return mask;
        }

        private double[] hidden(double[] a) {
            float[] b1 = slip == Slip.NO_FIRST_FFN_BIAS ? null : w.ffn.b1();
            double[] z = Dense.linear(a, w.ffn.w1(), b1, size.rows(), size.width, size.inner);
            int code = switch (slip) {
                case NO_ACTIVATION -> 0;
                case ALWAYS_RELU -> 1;
                case ALWAYS_GELU -> 4;
                case OTHER_GELU -> act == 4 ? 5 : act;
                default -> act;
            };
            for (int i = 0; i < z.length; i++) {
                z[i] = Nonlinearity.value(code, z[i]);
            }
            return z;
        }

        /** {@code (x - mean) / sqrt(variance + eps) g + b} for each token, with the biased variance. */
        private double[] norm(double[] x, Norm parameters) {
            int h = size.width;
            double[] y = new double[x.length];
            for (int from = 0; from < x.length; from += h) {
                double mean = 0;
                for (int i = 0; i < h; i++) {
                    mean += x[from + i] / h;
                }
                double variance = 0;
                for (int i = 0; i < h; i++) {
                    variance +=
                            (x[from + i] - mean) * (x[from + i] - mean) / (slip == Slip.UNBIASED_VARIANCE ? h - 1 : h);
                }
                double scale = scale(variance);
                for (int i = 0; i < h; i++) {
                    double bias = parameters.bias == null ? 0 : parameters.bias[i];
                    y[from + i] = (x[from + i] - mean) * scale * parameters.gain[i] + bias;
                }
            }
            return y;
        }

        private double scale(double variance) {
            return switch (slip) {
                case EPS_OF_PYTORCH -> 1 / Math.sqrt(variance + 1e-5);
                case EPS_OF_BERT -> 1 / Math.sqrt(variance + 1e-12);
                case EPS_OUTSIDE_ROOT -> 1 / (Math.sqrt(variance) + eps);
                default -> 1 / Math.sqrt(variance + eps);
            };
        }

        private static double[] sum(double[] left, double[] right) {
            double[] sum = new double[left.length];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = left[i] + right[i];
            }
            return sum;
        }

        private static float[] narrowed(double[] values) {
            float[] narrow = new float[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) values[i];
            }
            return narrow;
        }
    }
}
