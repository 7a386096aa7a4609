package org.warpgrade.checks.att;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.reference.oracle.OracleTensor;
import org.warpgrade.reference.oracle.SdpaOracle.Dims;

/** What attention yields under the usual mistakes, for the likely cause in a failure message. */
final class SdpaMistakes {

    /** What becomes of a blocked key. */
    private enum Blocked {
        IGNORED,
        INVERTED,
        TRANSPOSED,
        ZERO_AFTER_SOFTMAX,
        LARGE_NEGATIVE
    }

    /**
     * A way to compute attention wrongly.
     *
     * @param scale the factor of the scores
     * @param blocked what the mask does
     * @param overQueries whether the softmax runs down the columns
     */
    private record Variation(double scale, Blocked blocked, boolean overQueries) {}

    private SdpaMistakes() {}

    static Hypothesis[] ofProbabilities(SdpaCase c) {
        List<Hypothesis> all =
                new ArrayList<>(List.of(hypotheses(c, "probs", variation -> probabilities(c, variation))));
        all.add(Hypothesis.of(
                "exp of the scores overflows: is the row's maximum subtracted first?",
                "分数的 exp 溢出：是否先减去了该行的最大值？",
                () -> withoutMaximum(c)));
        return all.toArray(Hypothesis[]::new);
    }

    /** Probabilities as fp32 computes them from the bare scores. */
    private static OracleTensor withoutMaximum(SdpaCase c) {
        Dims dims = c.dims();
        int sk = dims.keys();
        double[] probs = new double[dims.rows() * sk];
        for (int row = 0; row < dims.rows(); row++) {
            float sum = 0;
            for (int j = 0; j < sk; j++) {
                boolean stands = permits(c, row, j);
                double score = stands ? score(c, row, j, new Variation(c.scale(), Blocked.IGNORED, false)) : 0;
                probs[row * sk + j] = stands ? (float) Math.exp(score) : 0;
                sum += (float) probs[row * sk + j];
            }
            for (int j = 0; j < sk; j++) {
                probs[row * sk + j] = (float) probs[row * sk + j] / sum;
            }
        }
        return OracleTensor.of("probs", probs, dims.batch(), dims.heads(), dims.queries(), sk);
    }

    static Hypothesis[] ofContext(SdpaCase c) {
        List<Hypothesis> all = new ArrayList<>();
        all.add(Hypothesis.of(
                "the output is NaN where a blocked value is NaN: 0 * NaN is NaN, so blocked values must be skipped.",
                "被屏蔽的值为 NaN 时输出成了 NaN：0 * NaN 是 NaN，应跳过被屏蔽的值。",
                () -> context(c, c.oracle().probs().values())));
        all.addAll(List.of(hypotheses(
                c, "out", variation -> context(c, probabilities(c, variation).values()))));
        return all.toArray(Hypothesis[]::new);
    }

    @FunctionalInterface
    private interface Outcome {
        OracleTensor under(Variation variation);
    }

    private static Hypothesis[] hypotheses(SdpaCase c, String name, Outcome outcome) {
        double depth = c.dims().depth();
        List<Hypothesis> all = new ArrayList<>();
        if (c.mask() != null) {
            all.add(Hypothesis.of(
                    "a query without permitted keys attends to everything: its probabilities and output must be 0.",
                    "没有可见键的查询关注了所有键：其概率和输出必须为 0。",
                    under(outcome, new Variation(c.scale(), Blocked.LARGE_NEGATIVE, false))));
            all.add(Hypothesis.of(
                    "blocked probabilities are 0 but the rest does not sum to 1: mask the scores before the softmax.",
                    "被屏蔽的概率为 0，但其余之和不为 1：应在 softmax 之前屏蔽分数。",
                    under(outcome, new Variation(c.scale(), Blocked.ZERO_AFTER_SOFTMAX, false))));
            all.add(Hypothesis.of(
                    "the mask has no effect: is it read, and does it replace the score? (NaN plus anything is NaN)",
                    "掩码没有起作用：读取了吗？是否替换了分数？（NaN 加任何数仍是 NaN）",
                    under(outcome, new Variation(c.scale(), Blocked.IGNORED, false))));
            all.add(Hypothesis.of(
                    "the mask works the wrong way round: 1 means may attend.",
                    "掩码的含义反了：1 表示可见。",
                    under(outcome, new Variation(c.scale(), Blocked.INVERTED, false))));
            if (c.dims().queries() == c.dims().keys()) {
                all.add(Hypothesis.of(
                        "the mask is read transposed: its rows are queries, its columns are keys.",
                        "掩码被转置读取：行是查询，列是键。",
                        under(outcome, new Variation(c.scale(), Blocked.TRANSPOSED, false))));
            }
        }
        all.add(Hypothesis.of(
                "the values fit a scale of 1: are the scores multiplied by scale?",
                "数值与 scale = 1 一致：分数乘以 scale 了吗？",
                under(outcome, new Variation(1, Blocked.LARGE_NEGATIVE, false))));
        all.add(Hypothesis.of(
                "the values fit a scale of 1/sqrt(D): the argument scale must be used as it is.",
                "数值与 scale = 1/sqrt(D) 一致：应直接使用参数 scale。",
                under(outcome, new Variation(1 / Math.sqrt(depth), Blocked.LARGE_NEGATIVE, false))));
        all.add(Hypothesis.of(
                "the values fit a scale of 1/D: the argument scale must be used as it is.",
                "数值与 scale = 1/D 一致：应直接使用参数 scale。",
                under(outcome, new Variation(1 / depth, Blocked.LARGE_NEGATIVE, false))));
        all.add(Hypothesis.of(
                "the softmax runs over the queries of a key: it must run over the keys of a query.",
                "softmax 沿着查询方向归一化：应沿着键的方向。",
                under(outcome, new Variation(c.scale(), Blocked.LARGE_NEGATIVE, true))));
        all.add(Hypothesis.of(
                "every element is 0: is the kernel filled in and launched?", "所有元素都是 0：kernel 写好并启动了吗？", () -> {
                    OracleTensor like = name.equals("probs")
                            ? c.oracle().probs()
                            : c.oracle().out();
                    return OracleTensor.of(name, new double[like.values().length], like.shape());
                }));
        return all.toArray(Hypothesis[]::new);
    }

    private static Supplier<OracleTensor> under(Outcome outcome, Variation variation) {
        return () -> outcome.under(variation);
    }

    private static OracleTensor probabilities(SdpaCase c, Variation variation) {
        Dims dims = c.dims();
        int sq = dims.queries();
        int sk = dims.keys();
        double[] scores = new double[dims.rows() * sk];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(c, i / sk, i % sk, variation);
        }
        int groups = variation.overQueries() ? dims.batch() * dims.heads() * sk : dims.rows();
        int members = variation.overQueries() ? sq : sk;
        for (int group = 0; group < groups; group++) {
            int start = variation.overQueries() ? group / sk * sq * sk + group % sk : group * sk;
            softmax(scores, start, variation.overQueries() ? sk : 1, members);
        }
        if (variation.blocked() == Blocked.ZERO_AFTER_SOFTMAX) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = permits(c, i / sk, i % sk) ? scores[i] : 0;
            }
        }
        return OracleTensor.of("probs", scores, dims.batch(), dims.heads(), sq, sk);
    }

    private static double score(SdpaCase c, int row, int key, Variation variation) {
        boolean stands = switch (variation.blocked()) {
            case IGNORED, ZERO_AFTER_SOFTMAX -> true;
            case INVERTED -> !permits(c, row, key);
            case LARGE_NEGATIVE -> permits(c, row, key);
            case TRANSPOSED -> {
                int query = row % c.dims().queries();
                yield permits(c, row - query + key, query);
            }
        };
        if (!stands) {
            return -1e30;
        }
        int depth = c.dims().depth();
        int keyRow = row / c.dims().queries() * c.dims().keys() + key;
        double sum = 0;
        for (int d = 0; d < depth; d++) {
            sum += (double) c.q()[row * depth + d] * c.k()[keyRow * depth + d];
        }
        return sum * variation.scale();
    }

    private static void softmax(double[] values, int start, int step, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, values[start + i * step]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            values[start + i * step] = Math.exp(values[start + i * step] - largest);
            sum += values[start + i * step];
        }
        for (int i = 0; i < count; i++) {
            values[start + i * step] /= sum;
        }
    }

    /** The weighted sum over all keys, blocked ones included. */
    private static OracleTensor context(SdpaCase c, double[] probs) {
        Dims dims = c.dims();
        int sk = dims.keys();
        int width = dims.width();
        double[] out = new double[dims.rows() * width];
        for (int i = 0; i < out.length; i++) {
            int row = i / width;
            for (int j = 0; j < sk; j++) {
                out[i] += probs[row * sk + j] * c.v()[(row / dims.queries() * sk + j) * width + i % width];
            }
        }
        return OracleTensor.of("out", out, dims.batch(), dims.heads(), dims.queries(), width);
    }

    private static boolean permits(SdpaCase c, int row, int key) {
        byte[] mask = c.mask();
        int sq = c.dims().queries();
        return mask == null
                || mask[(row / sq / c.dims().heads() * sq + row % sq) * c.dims().keys() + key] != 0;
    }
}
