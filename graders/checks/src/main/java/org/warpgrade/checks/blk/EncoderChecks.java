package org.warpgrade.checks.blk;

import java.util.Arrays;
import org.warpgrade.checks.blk.EncoderCase.Done;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Norm;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Size;
import org.warpgrade.reference.oracle.EncoderLayerOracle.Weights;
import org.warpgrade.reference.oracle.FfnOracle;
import org.warpgrade.reference.oracle.MhaOracle;

/** The checks of {@code blk-encoder-layer} (curriculum, track BLK). */
@ChecksFor("blk-encoder-layer")
class EncoderChecks {

    private static final int RELU = 1;
    private static final int GELU = 4;

    /** H3 and H5 of the curriculum entry: the same sums over other batches and lengths. */
    private static final Tolerance UNCHANGED = Tolerance.net(1e-6);

    /** The same sums in another order, through two norms. */
    private static final Tolerance REORDERED = Tolerance.net(2e-5);

    /** A bias of the keys at which the exponentials of many scores overflow, and others vanish. */
    private static final float FAR = 100;

    @GradedCheck("P1")
    void the_printed_case(Bench bench) {
        printed().run(bench, "worked example").matchesTheOracle();
    }

    @GradedCheck("P2")
    void the_printed_case_with_padding(Bench bench) {
        printed().padded(2).run(bench, "worked example").matchesTheOracle();
    }

    /** The public fills of curriculum C14 at base 1. */
    private static EncoderCase printed() {
        int h = 4;
        int i = 8;
        Weights w = new Weights(
                new MhaOracle.Weights(
                        Inputs.fill(1, h * h),
                        Inputs.fill(2, h),
                        Inputs.fill(3, h * h),
                        Inputs.fill(4, h),
                        Inputs.fill(5, h * h),
                        Inputs.fill(6, h),
                        Inputs.fill(7, h * h),
                        Inputs.fill(8, h)),
                new Norm(gain(9, h), Inputs.fill(10, h)),
                new FfnOracle.Weights(
                        Inputs.fill(11, i * h), Inputs.fill(12, i), Inputs.fill(13, h * i), Inputs.fill(14, h)),
                new Norm(gain(15, h), Inputs.fill(16, h)));
        return new EncoderCase(new Size(1, 3, h, 2, i), Inputs.fill(0, 12), w, null, GELU, 1e-12f);
    }

    private static float[] gain(int k, int h) {
        float[] gain = Inputs.fill(k, h);
        for (int i = 0; i < h; i++) {
            gain[i] = 1 + 0.1f * gain[i];
        }
        return gain;
    }

    @GradedCheck("H1")
    void any_extents(Bench bench) {
        int[][] extents = {
            {3, 5, 24, 3, 50},
            {1, 1, 1, 1, 3},
            {1, 33, 8, 8, 20},
            {2, 33, 16, 2, 70},
            {1, 33, 64, 1, 96},
            {2, 9, 128, 2, 33},
            {1, 257, 4, 2, 6},
            {1, 2, 8, 1, 1025},
            {1, 2, 258, 3, 5},
            {3, 67, 8, 2, 12} // more rows in all than a tile of any kernel has
        };
        for (int k = 0; k < extents.length; k++) {
            int[] e = extents[k];
            Inputs inputs = bench.inputs(Arrays.toString(e));
            EncoderCase.normal(inputs, new Size(e[0], e[1], e[2], e[3], e[4]), k % 2 == 0 ? GELU : RELU)
                    .run(bench, "ragged sizes")
                    .matchesTheOracle();
        }
        EncoderCase.normal(bench.inputs("lengths"), new Size(3, 19, 12, 3, 31), GELU)
                .padded(19, 7, 1)
                .run(bench, "ragged sizes with padding")
                .matchesTheOracle();
        Inputs inputs = bench.inputs("far");
        EncoderCase far = EncoderCase.normal(inputs, new Size(2, 13, 12, 3, 20), RELU);
        Weights w = far.w();
        MhaOracle.Weights attention = w.attention().withKeyBias(inputs.uniforms(12, -FAR, FAR));
        far.with(new Weights(attention, w.first(), w.ffn(), w.second()))
                .run(bench, "scores far from zero")
                .matchesTheOracle();
        EncoderCase all = EncoderCase.normal(bench.inputs("no biases"), new Size(2, 7, 12, 2, 17), RELU);
        all.with(withoutBiases(all.w())).run(bench, "null biases").matchesTheOracle();
    }

    private static Weights withoutBiases(Weights w) {
        MhaOracle.Weights a = w.attention();
        return new Weights(
                new MhaOracle.Weights(a.wq(), null, a.wk(), null, a.wv(), null, a.wo(), null),
                new Norm(w.first().gain(), null),
                new FfnOracle.Weights(w.ffn().w1(), null, w.ffn().w2(), null),
                new Norm(w.second().gain(), null));
    }

    @GradedCheck("H2")
    void both_activations_and_both_eps(Bench bench) {
        for (int act : new int[] {RELU, GELU}) {
            EncoderCase c = EncoderCase.normal(bench.inputs("act" + act), new Size(2, 11, 16, 4, 37), act);
            for (float eps : new float[] {1e-12f, 1e-5f}) {
                c.with(act, eps).run(bench, "activations").matchesTheOracle();
                quiet(bench.inputs("quiet"), act, eps)
                        .run(bench, "tokens whose variance is near eps")
                        .matchesTheOracle();
            }
        }
        telling(bench.inputs("gelu"), bench).run(bench, "the two forms of gelu").matchesTheOracle();
    }

    /** Tokens of order 2e-3 and a silent attention: the variance that LN1 sees is comparable with 1e-5. */
    private static EncoderCase quiet(Inputs inputs, int act, float eps) {
        EncoderCase c =
                EncoderCase.normal(inputs, new Size(1, 9, 16, 4, 21), act).with(act, eps);
        float[] x = c.x();
        for (int i = 0; i < x.length; i++) {
            x[i] *= 2e-3f;
        }
        return c.with(silentAttention(c.w()));
    }

    private static Weights silentAttention(Weights w) {
        MhaOracle.Weights a = w.attention();
        return new Weights(
                new MhaOracle.Weights(a.wq(), a.bq(), a.wk(), a.bk(), a.wv(), a.bv(), new float[a.wo().length], null),
                w.first(),
                w.ffn(),
                w.second());
    }

    /** All hidden units sit near -2.7, where the two GELUs differ most, and add up with one sign per output. */
    private static EncoderCase telling(Inputs inputs, Bench bench) {
        int inner = 64;
        EncoderCase c = EncoderCase.normal(inputs, new Size(1, 5, 8, 2, inner), GELU);
        float[] w1 = inputs.uniforms(inner * 8, -0.03f, 0.03f);
        float[] w2 = new float[8 * inner];
        for (int j = 0; j < 8; j++) {
            float sign = inputs.normal();
            for (int i = 0; i < inner; i++) {
                w2[j * inner + i] = 3 * sign * inputs.uniform(0.5f, 1.5f);
            }
        }
        Weights w = c.w();
        return c.with(new Weights(
                w.attention(),
                w.first(),
                new FfnOracle.Weights(w1, inputs.uniforms(inner, -3, -2.4f), w2, inputs.normals(8)),
                w.second()));
    }

    @GradedCheck("H3")
    void padding_changes_nothing(Bench bench) {
        Inputs inputs = bench.inputs("padding");
        int h = 12;
        EncoderCase tight =
                EncoderCase.normal(inputs, new Size(2, 9, h, 3, 25), GELU).padded(9, 6);
        Done before = tight.run(bench, "pad tokens");
        before.matchesTheOracle();
        for (int tokens : new int[] {10, 14, 37}) {
            float[] wide = new float[2 * tokens * h];
            for (int b = 0; b < 2; b++) {
                int real = tight.length(b) * h;
                System.arraycopy(tight.x(), b * 9 * h, wide, b * tokens * h, real);
                for (int i = b * tokens * h + real; i < (b + 1) * tokens * h; i++) {
                    wide[i] = i % 3 == 0 ? Float.NaN : i % 3 == 1 ? 1e30f : inputs.normal();
                }
            }
            Done after = tight.over(2, tokens, wide, new int[] {9, 6}).run(bench, "pad tokens appended");
            after.matchesTheOracle();
            after.run()
                    .assertThat(after.real())
                    .isCloseToRun(
                            before.real(),
                            UNCHANGED,
                            "pad tokens (from len[b] on) may hold anything and change no real token",
                            "填充 token（从 len[b] 起）里可以是任何值，不改变任何真实 token");
        }
    }

    @GradedCheck("H4")
    void tokens_in_another_order(Bench bench) {
        Inputs inputs = bench.inputs("order");
        EncoderCase c = EncoderCase.normal(inputs, new Size(1, 21, 16, 4, 40), GELU);
        Done before = c.run(bench, "tokens in another order");
        int[] order = inputs.permutation(21);
        float[] moved =
                new DeviceTensor("x", new int[] {21, 16}, c.x()).rows(16, order).values();
        Done after = c.with(moved).run(bench, "tokens in another order");
        after.run()
                .assertThat(after.y())
                .isCloseToRun(
                        before.run().tensor(before.y()).rows(16, order),
                        REORDERED,
                        "without positions, reordering the tokens only reorders the outputs",
                        "没有位置信息时，token 换次序只会让输出跟着换次序");
    }

    @GradedCheck("H5")
    void batch_elements_are_independent(Bench bench) {
        Inputs inputs = bench.inputs("batch");
        int tokens = 13;
        int h = 12;
        int[] lengths = {13, 4, 9};
        EncoderCase together =
                EncoderCase.normal(inputs, new Size(3, tokens, h, 2, 29), RELU).padded(lengths);
        Done all = together.run(bench, "one batch element alone");
        for (int b = 0; b < 3; b++) {
            float[] alone = Arrays.copyOfRange(together.x(), b * tokens * h, (b + 1) * tokens * h);
            Done one = together.over(1, tokens, alone, new int[] {lengths[b]}).run(bench, "one batch element alone");
            float[] mine = Arrays.copyOfRange(all.values(), b * tokens * h, (b * tokens + lengths[b]) * h);
            one.run()
                    .assertThat(one.real())
                    .isCloseToRun(
                            new DeviceTensor("y", new int[] {lengths[b], h}, mine),
                            UNCHANGED,
                            "a batch element gives the same output alone and inside a batch",
                            "一个样本单独计算与放在批里计算，结果相同");
        }
        float[] poisoned = together.x().clone();
        poisoned[(tokens + 2) * h + 5] = Float.NaN;
        together.with(poisoned).run(bench, "a NaN in one batch element").matchesTheOracle();
    }

    @GradedCheck("H6")
    void silent_sublayers_leave_two_norms(Bench bench) {
        EncoderCase c = EncoderCase.normal(bench.inputs("silent"), new Size(2, 9, 20, 4, 33), GELU);
        Weights w = silentAttention(c.w());
        float[] zero = new float[20];
        c.with(new Weights(
                        w.attention(),
                        w.first(),
                        new FfnOracle.Weights(w.ffn().w1(), w.ffn().b1(), new float[20 * 33], zero),
                        w.second()))
                .run(bench, "wo = w2 = 0")
                .matchesTheOracle();
    }

    @GradedCheck("H7")
    void every_real_token_reaches_every_output(Bench bench) {
        Inputs inputs = bench.inputs("reach");
        int tokens = 9;
        int h = 8;
        int real = 6;
        EncoderCase c =
                EncoderCase.normal(inputs, new Size(2, tokens, h, 2, 19), GELU).padded(real, tokens);
        Done before = c.run(bench, "one token changed");
        for (int token = 0; token < tokens; token++) {
            float[] x = c.x().clone();
            System.arraycopy(inputs.normals(h), 0, x, token * h, h);
            Done after = c.with(x).run(bench, token < real ? "one real token changed" : "one pad token changed");
            if (token < real) {
                reachesAll(before, after, real, h);
                after.run()
                        .assertThat(batchElement(after, 1, tokens, h))
                        .hasSameBitsAs(
                                batchElement(before, 1, tokens, h),
                                "a token of one batch element does not reach another",
                                "一个样本的 token 不影响另一个样本");
            } else {
                after.run()
                        .assertThat(after.real())
                        .hasSameBitsAs(before.real(), "a pad token reaches no real token", "填充 token 不影响任何真实 token");
            }
        }
    }

    private static DeviceTensor batchElement(Done done, int b, int tokens, int h) {
        float[] rows = Arrays.copyOfRange(done.values(), b * tokens * h, (b + 1) * tokens * h);
        return new DeviceTensor("y", new int[] {tokens, h}, rows);
    }

    private static void reachesAll(Done before, Done after, int real, int h) {
        float[] old = before.values();
        float[] changed = after.values();
        for (int i = 0; i < real; i++) {
            after.run()
                    .satisfies(
                            !Arrays.equals(old, i * h, (i + 1) * h, changed, i * h, (i + 1) * h),
                            "a real token was changed, and the output of token " + i
                                    + " of the same batch element is the same: "
                                    + "every real token sees every other, before and after it",
                            "改变了一个真实 token，同一样本中 token " + i + " 的输出却没有变：每个真实 token 都能看到前后所有真实 token");
        }
    }

    @GradedCheck("H8")
    void zero_weights_normalise_twice(Bench bench) {
        Size size = new Size(1, 7, 24, 3, 10);
        Inputs inputs = bench.inputs("zero");
        float[] square = new float[24 * 24];
        float[] wide = new float[24 * 10];
        float[] ones = new float[24];
        Arrays.fill(ones, 1);
        Weights w = new Weights(
                new MhaOracle.Weights(square, null, square, null, square, null, square, null),
                new Norm(ones, null),
                new FfnOracle.Weights(wide, null, wide, null),
                new Norm(ones, null));
        float[] x = inputs.normals(7 * 24);
        for (float eps : new float[] {1e-12f, 1e-5f}) {
            new EncoderCase(size, x, w, null, GELU, eps)
                    .run(bench, "all weights 0")
                    .matchesTheOracle();
        }
    }

    @GradedCheck("B1")
    void scratch_memory_within_the_budget(Bench bench) {
        int[][] extents = {{2, 33, 16, 2, 70}, {1, 40, 8, 4, 32}, {1, 3, 4, 2, 8}};
        for (int[] e : extents) {
            Size size = new Size(e[0], e[1], e[2], e[3], e[4]);
            Done done = EncoderCase.normal(bench.inputs(Arrays.toString(e)), size, GELU)
                    .run(bench, "scratch memory");
            done.matchesTheOracle();
            done.run().allocatesAtMost(budget(e[0], e[1], e[2], e[3], e[4]));
        }
    }

    /** Eight buffers of the model's width, the hidden layer and the scores, all in float. */
    private static long budget(long b, long s, long h, long a, long i) {
        return 4 * b * s * (8 * h + i) + 4 * b * a * s * s;
    }

    @GradedCheck("B2")
    void launches_do_not_grow_with_the_sequence(Bench bench) {
        int few = launches(bench, 3);
        Done many = run(bench, 40);
        many.matchesTheOracle();
        many.run().launchesAtMost(few);
    }

    private static int launches(Bench bench, int tokens) {
        return run(bench, tokens).run().trace().launches().size();
    }

    private static Done run(Bench bench, int tokens) {
        return EncoderCase.normal(bench.inputs("tokens" + tokens), new Size(1, tokens, 8, 2, 12), GELU)
                .run(bench, "launches for short and long sequences");
    }
}
