package org.warpgrade.reference.oracle;

import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention {@code softmax(scale Q K^T) V} over the permitted keys (Vaswani et al., 2017, equation 1),
 * one head after the other. A blocked key does not exist: neither its key nor its value enters, whatever they hold. A
 * query without a permitted key has probabilities 0 and output 0 (PyTorch's {@code _safe_softmax}).
 */
public final class SdpaOracle {

    /** How a rounding error of a logit acts: {@code 2^-21 (4 + sqrt D)} times the score's sum of absolute terms. */
    private static final double LOGIT_ERROR = 0x1p-21;

    private SdpaOracle() {}

    /** Extents: batch, heads, queries, keys, head size, value size. */
    public record Dims(int batch, int heads, int queries, int keys, int depth, int width) {

        /** Rows of the score matrix over all heads. */
        public int rows() {
            return batch * heads * queries;
        }
    }

    /**
     * What attention must yield and how far a correct fp32 kernel may be off (ruling C15.4).
     *
     * @param probs {@code [B][A][Sq][Sk]}
     * @param out {@code [B][A][Sq][Dv]}, with {@code M = sum_j p_j |v_jd|} as condition sums
     * @param probsBounds {@code 1e-7 + 1e-5 p + p min(1, 2 delta)}; 0 for blocked keys, whose probability is exactly 0
     * @param outBounds {@code 1e-6 + 2^-22 (4 + sqrt Sk) M + M min(1, 2 delta)}
     */
    public record Attention(OracleTensor probs, OracleTensor out, double[] probsBounds, double[] outBounds) {

        public static final String PROBS_FORMULA =
                "|p-o| <= 1e-7 + 1e-5 o + o min(1, 2 delta), delta = 2^-21 (4 + sqrt D) |scale| max_j sum_d |q_d k_jd|";

        public static final String OUT_FORMULA =
                "|y-o| <= 1e-6 + (2^-22 (4 + sqrt Sk) + min(1, 2 delta)) M, M = sum_j p_j |v_j|";
    }

    /**
     * @param q {@code [B][A][Sq][D]}
     * @param k {@code [B][A][Sk][D]}
     * @param v {@code [B][A][Sk][Dv]}
     * @param mask {@code [B][Sq][Sk]}, 1 = may attend; null permits everything
     */
    public static Attention attention(float[] q, float[] k, float[] v, byte @Nullable [] mask, Dims dims, float scale) {
        int sk = dims.keys();
        int dv = dims.width();
        double[] probs = new double[dims.rows() * sk];
        double[] probsBounds = new double[probs.length];
        double[] out = new double[dims.rows() * dv];
        double[] condition = new double[out.length];
        double[] outBounds = new double[out.length];
        for (int row = 0; row < dims.rows(); row++) {
            int head = row / dims.queries();
            int maskRow = (head / dims.heads() * dims.queries() + row % dims.queries()) * sk;
            double slack = Math.min(1, 2 * probabilities(q, k, mask, dims, scale, row, maskRow, probs));
            for (int j = 0; j < sk; j++) {
                if (!permits(mask, maskRow + j)) {
                    continue;
                }
                double p = probs[row * sk + j];
                probsBounds[row * sk + j] = 1e-7 + 1e-5 * p + p * slack;
                for (int d = 0; d < dv; d++) {
                    double value = v[(head * sk + j) * dv + d];
                    out[row * dv + d] += p * value;
                    condition[row * dv + d] += p * Math.abs(value);
                }
            }
            for (int i = row * dv; i < (row + 1) * dv; i++) {
                outBounds[i] = 1e-6 + (0x1p-22 * (4 + Math.sqrt(sk)) + slack) * condition[i];
            }
        }
        return new Attention(
                OracleTensor.of("probs", probs, dims.batch(), dims.heads(), dims.queries(), sk),
                new OracleTensor("out", new int[] {dims.batch(), dims.heads(), dims.queries(), dv}, out, condition),
                probsBounds,
                outBounds);
    }

    /** Fills one row of probabilities and returns the logit error delta of that row. */
    private static double probabilities(
            float[] q,
            float[] k,
            byte @Nullable [] mask,
            Dims dims,
            float scale,
            int row,
            int maskRow,
            double[] probs) {
        int sk = dims.keys();
        int depth = dims.depth();
        int head = row / dims.queries();
        double largest = Double.NEGATIVE_INFINITY;
        double magnitude = 0;
        for (int j = 0; j < sk; j++) {
            if (!permits(mask, maskRow + j)) {
                continue;
            }
            double score = 0;
            double terms = 0;
            for (int d = 0; d < depth; d++) {
                double term = (double) q[row * depth + d] * k[(head * sk + j) * depth + d];
                score += term;
                terms += Math.abs(term);
            }
            probs[row * sk + j] = score * scale;
            largest = Math.max(largest, score * scale);
            magnitude = Math.max(magnitude, terms);
        }
        double sum = 0;
        for (int j = 0; j < sk; j++) {
            if (permits(mask, maskRow + j)) {
                probs[row * sk + j] = Math.exp(probs[row * sk + j] - largest);
                sum += probs[row * sk + j];
            }
        }
        for (int j = 0; j < sk; j++) {
            if (permits(mask, maskRow + j)) {
                probs[row * sk + j] /= sum;
            }
        }
        return LOGIT_ERROR * (4 + Math.sqrt(depth)) * Math.abs(scale) * magnitude;
    }

    private static boolean permits(byte @Nullable [] mask, int index) {
        return mask == null || mask[index] != 0;
    }
}
