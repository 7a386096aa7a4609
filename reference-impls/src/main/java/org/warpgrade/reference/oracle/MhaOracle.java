package org.warpgrade.reference.oracle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention {@code concat(head_1 .. head_A) W^O} with {@code head_a = softmax(Q_a K_a^T / sqrt(D)) V_a} (Vaswani
 * et al., "Attention is all you need", 2017, section 3.2.2), with every intermediate. Weights are {@code W[out][in]}; head
 * {@code a} owns the features {@code a D .. a D + D - 1}. A masked key does not exist: whatever it holds has no effect, and
 * a query without any key has probabilities and context 0 (curriculum C5).
 */
public final class MhaOracle {

    private MhaOracle() {}

    /** The extents: batch, queries, keys, width of the model, heads. */
    public record Size(int batch, int queries, int keys, int width, int heads) {

        public int headWidth() {
            return width / heads;
        }

        @Override
        public String toString() {
            return "B=" + batch + " Sq=" + queries + " Sk=" + keys + " H=" + width + " A=" + heads;
        }
    }

    /** The parameters: matrices {@code [H][H]}, biases {@code [H]} or null. */
    public record Weights(
            float[] wq,
            float @Nullable [] bq,
            float[] wk,
            float @Nullable [] bk,
            float[] wv,
            float @Nullable [] bv,
            float[] wo,
            float @Nullable [] bo) {

        /** With another bias of the keys: it adds the same to all scores of a query, which softmax ignores. */
        public Weights withKeyBias(float[] other) {
            return new Weights(wq, bq, wk, other, wv, bv, wo, bo);
        }
    }

    /**
     * Every named intermediate in the order it is made.
     *
     * @param q {@code [B][Sq][H]}, heads side by side
     * @param k {@code [B][Sk][H]}
     * @param v {@code [B][Sk][H]}
     * @param scores scaled, before the mask, {@code [B][A][Sq][Sk]}
     * @param probs {@code [B][A][Sq][Sk]}
     * @param context {@code [B][Sq][H]}
     * @param out {@code [B][Sq][H]}
     */
    public record Stages(
            OracleTensor q,
            OracleTensor k,
            OracleTensor v,
            OracleTensor scores,
            OracleTensor probs,
            OracleTensor context,
            OracleTensor out) {}

    /** One stage gone wrong, told by name. */
    public enum Slip {
        NONE,
        /** Scores times 1/sqrt(H). */
        SCALE_BY_WIDTH,
        NO_SCALE,
        /** Head a owns the features d A + a. */
        INTERLEAVED_HEADS,
        /** One head of width H. */
        ONE_HEAD,
        KEYS_FROM_QUERIES,
        VALUES_FROM_QUERIES,
        /** Probabilities of all heads of a query sum to 1 together. */
        SOFTMAX_OVER_HEADS,
        SOFTMAX_OVER_QUERIES,
        /** Values of masked keys are multiplied by 0 instead of being left out. */
        ZERO_TIMES_NAN,
        NO_MASK,
        /** Every batch element uses the mask of the first. */
        MASK_OF_FIRST_BATCH,
        /** Masked probabilities are set to 0 after the softmax; the others keep the larger denominator. */
        MASK_AFTER_SOFTMAX,
        /** A query without keys attends to all of them alike. */
        EMPTY_ROW_UNIFORM,
        NO_OUTPUT_PROJECTION,
        NO_OUTPUT_BIAS,
        NO_QUERY_BIAS,
        NO_VALUE_BIAS
    }

    public static Stages stages(float[] xq, float[] xkv, Weights w, byte @Nullable [] mask, Size size) {
        return stages(xq, xkv, w, mask, size, Slip.NONE);
    }

    /** All stages, with the mistake made; {@code mask[B][Sq][Sk]} is 1 where a query may attend, null for everywhere. */
    public static Stages stages(float[] xq, float[] xkv, Weights w, byte @Nullable [] mask, Size size, Slip slip) {
        int h = size.width;
        int queryRows = size.batch * size.queries;
        int keyRows = size.batch * size.keys;
        double[] queries = Dense.widen(xq);
        double[] sources = Dense.widen(xkv);
        double[] q = Dense.linear(queries, w.wq, slip == Slip.NO_QUERY_BIAS ? null : w.bq, queryRows, h, h);
        double[] keySource = slip == Slip.KEYS_FROM_QUERIES ? wrapped(queries, sources.length) : sources;
        double[] valueSource = slip == Slip.VALUES_FROM_QUERIES ? wrapped(queries, sources.length) : sources;
        double[] k = Dense.linear(keySource, w.wk, w.bk, keyRows, h, h);
        double[] v = Dense.linear(valueSource, w.wv, slip == Slip.NO_VALUE_BIAS ? null : w.bv, keyRows, h, h);
        Heads heads = new Heads(size, mask, slip);
        double[] scores = heads.scores(q, k);
        double[] probs = heads.probabilities(scores);
        double[] context = heads.context(probs, v);
        float[] bo = slip == Slip.NO_OUTPUT_BIAS ? null : w.bo;
        boolean projected = slip != Slip.NO_OUTPUT_PROJECTION;
        double[] out = projected ? Dense.linear(context, w.wo, bo, queryRows, h, h) : context;
        double[] sums = projected ? Dense.magnitudes(context, w.wo, bo, queryRows, h, h) : absolute(out);
        int[] rows = {size.batch, size.queries, h};
        int[] keyed = {size.batch, size.keys, h};
        int[] square = {size.batch, heads.count, size.queries, size.keys};
        return new Stages(
                OracleTensor.of("q", q, rows),
                OracleTensor.of("k", k, keyed),
                OracleTensor.of("v", v, keyed),
                OracleTensor.of("scores", scores, square),
                OracleTensor.of("probs", probs, square),
                OracleTensor.of("context", context, rows),
                new OracleTensor("out", rows, out, sums));
    }

    private static double[] wrapped(double[] values, int length) {
        double[] filled = new double[length];
        for (int i = 0; i < length; i++) {
            filled[i] = values[i % values.length];
        }
        return filled;
    }

    private static double[] absolute(double[] values) {
        double[] magnitudes = new double[values.length];
        Arrays.setAll(magnitudes, i -> Math.abs(values[i]));
        return magnitudes;
    }

    /** What happens between the projections. */
    private static final class Heads {

        private final Size size;
        private final byte @Nullable [] mask;
        private final Slip slip;
        private final int count;
        private final int width;

        private Heads(Size size, byte @Nullable [] mask, Slip slip) {
            this.size = size;
            this.mask = slip == Slip.NO_MASK ? null : mask;
            this.slip = slip;
            this.count = slip == Slip.ONE_HEAD ? 1 : size.heads;
            this.width = size.width / count;
        }

        private boolean permitted(int b, int i, int j) {
            int element = slip == Slip.MASK_OF_FIRST_BATCH ? 0 : b;
            return mask == null || mask[(element * size.queries + i) * size.keys + j] != 0;
        }

        private int feature(int head, int d) {
            return slip == Slip.INTERLEAVED_HEADS ? d * count + head : head * width + d;
        }

        private int at(int b, int head, int i, int j) {
            return ((b * count + head) * size.queries + i) * size.keys + j;
        }

        /** Which denominator an element of the scores belongs to. */
        private int group(int b, int head, int i, int j) {
            return switch (slip) {
                case SOFTMAX_OVER_HEADS -> b * size.queries + i;
                case SOFTMAX_OVER_QUERIES -> (b * count + head) * size.keys + j;
                default -> (b * count + head) * size.queries + i;
            };
        }

        double[] probabilities(double[] scores) {
            int groups = size.batch * count * Math.max(size.queries, size.keys);
            double[] largest = new double[groups];
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            double[] sums = new double[groups];
            boolean late = slip == Slip.MASK_AFTER_SOFTMAX;
            each((b, head, i, j) -> {
                if (late || permitted(b, i, j)) {
                    int g = group(b, head, i, j);
                    largest[g] = Math.max(largest[g], scores[at(b, head, i, j)]);
                }
            });
            each((b, head, i, j) -> {
                if (late || permitted(b, i, j)) {
                    int g = group(b, head, i, j);
                    sums[g] += Math.exp(scores[at(b, head, i, j)] - largest[g]);
                }
            });
            double[] probs = new double[scores.length];
            each((b, head, i, j) -> {
                int g = group(b, head, i, j);
                if (permitted(b, i, j)) {
                    probs[at(b, head, i, j)] = Math.exp(scores[at(b, head, i, j)] - largest[g]) / sums[g];
                } else if (slip == Slip.EMPTY_ROW_UNIFORM && sums[g] == 0) {
                    probs[at(b, head, i, j)] = 1.0 / size.keys;
                }
            });
            return probs;
        }

        private interface Visitor {
            void visit(int b, int head, int i, int j);
        }

        private void each(Visitor visitor) {
            for (int b = 0; b < size.batch; b++) {
                for (int head = 0; head < count; head++) {
                    for (int i = 0; i < size.queries; i++) {
                        for (int j = 0; j < size.keys; j++) {
                            visitor.visit(b, head, i, j);
                        }
                    }
                }
            }
        }

        double[] scores(double[] q, double[] k) {
            double scale = switch (slip) {
                case SCALE_BY_WIDTH -> 1 / Math.sqrt(size.width);
                case NO_SCALE -> 1;
                default -> 1 / Math.sqrt(width);
            };
            double[] scores = new double[size.batch * count * size.queries * size.keys];
            each((b, head, i, j) -> {
                double sum = 0;
                for (int d = 0; d < width; d++) {
                    int f = feature(head, d);
                    sum += q[(b * size.queries + i) * size.width + f] * k[(b * size.keys + j) * size.width + f];
                }
                scores[at(b, head, i, j)] = scale * sum;
            });
            return scores;
        }

        /** Keys that do not exist are left out, not multiplied by 0: their values may be NaN. */
        double[] context(double[] probs, double[] v) {
            double[] context = new double[size.batch * size.queries * size.width];
            each((b, head, i, j) -> {
                double p = probs[at(b, head, i, j)];
                if (permitted(b, i, j) || p != 0 || slip == Slip.ZERO_TIMES_NAN) {
                    for (int d = 0; d < width; d++) {
                        int f = feature(head, d);
                        context[(b * size.queries + i) * size.width + f] += p * v[(b * size.keys + j) * size.width + f];
                    }
                }
            });
            return context;
        }
    }
}
