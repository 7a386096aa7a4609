package org.warpgrade.checks.att;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.warpgrade.checks.att.MhaCase.Done;
import org.warpgrade.checks.concept.ConceptQuestions;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.MhaOracle.Size;
import org.warpgrade.reference.oracle.MhaOracle.Weights;

/** The checks of {@code attn-mha} (curriculum, track ATT). */
@ChecksFor("attn-mha")
class MhaChecks {

    /** Relations between two runs whose sums are associated differently: rounding of float, far below the mistakes. */
    private static final Tolerance SAME_VALUES = Tolerance.net(2e-5);

    /** A bias of the keys at which the exponentials of many scores overflow, and others vanish. */
    private static final float FAR = 100;

    @GradedCheck("P1")
    void one_head_of_width_one(Bench bench) {
        float[] one = {1};
        float[] none = {0};
        float[] x = {1, 2};
        Weights ones = new Weights(one, none, one, none, one, none, one, none);
        new MhaCase(new Size(1, 2, 2, 1, 1), x, x, ones, null, true)
                .run(bench, "worked example")
                .matchesTheOracle();
    }

    @GradedCheck("P2")
    void two_heads_with_a_causal_mask(Bench bench) {
        Weights fills = new Weights(
                Inputs.fill(1, 16),
                Inputs.fill(2, 4),
                Inputs.fill(3, 16),
                Inputs.fill(4, 4),
                Inputs.fill(5, 16),
                Inputs.fill(6, 4),
                Inputs.fill(7, 16),
                Inputs.fill(8, 4));
        float[] x = Inputs.fill(0, 12);
        new MhaCase(new Size(1, 3, 3, 4, 2), x, x, fills, causal(3), true)
                .run(bench, "worked example")
                .matchesTheOracle();
    }

    @GradedCheck("H1")
    void any_heads_queries_and_keys(Bench bench) {
        int[][] extents = {
            {2, 17, 29, 10, 2},
            {1, 1, 1, 1, 1},
            {2, 33, 31, 12, 1},
            {1, 31, 33, 64, 1},
            {1, 9, 21, 128, 2},
            {2, 5, 7, 9, 3},
            {1, 32, 32, 24, 8},
            {1, 12, 19, 16, 16},
            {3, 2, 1, 6, 3},
            {1, 1, 257, 8, 2},
            {1, 257, 3, 8, 2},
            {1, 2, 1025, 4, 2},
            {1, 2, 4097, 4, 1},
            {3, 67, 70, 8, 2} // more rows in all than a tile of any kernel has
        };
        for (int[] e : extents) {
            Inputs inputs = bench.inputs(Arrays.toString(e));
            MhaCase.cross(inputs, new Size(e[0], e[1], e[2], e[3], e[4]))
                    .run(bench, "ragged sizes")
                    .matchesTheOracle();
        }
        Inputs inputs = bench.inputs("far");
        MhaCase far = MhaCase.self(inputs, 2, 13, 12, 3);
        far.with(far.w().withKeyBias(inputs.uniforms(12, -FAR, FAR)))
                .run(bench, "scores far from zero")
                .matchesTheOracle();
        MhaCase.self(bench.inputs("self"), 2, 21, 15, 5)
                .run(bench, "self-attention")
                .matchesTheOracle();
        MhaCase.self(bench.inputs("no probs"), 1, 13, 12, 4)
                .withoutProbs()
                .run(bench, "probabilities not asked for")
                .matchesTheOracle();
    }

    @GradedCheck("H2")
    void masks_empty_rows_and_null_biases(Bench bench) {
        MhaCase.cross(bench.inputs("lengths"), new Size(3, 7, 21, 12, 3))
                .masked(lengths(7, 21, 13, 5, 21))
                .run(bench, "padding of each batch element")
                .matchesTheOracle();
        MhaCase.self(bench.inputs("causal"), 1, 19, 8, 2)
                .masked(causal(19))
                .run(bench, "causal mask")
                .matchesTheOracle();
        Inputs random = bench.inputs("random");
        MhaCase.cross(random, new Size(2, 23, 35, 10, 2))
                .masked(random(random, 2, 23, 35, true))
                .run(bench, "irregular masks with empty rows")
                .matchesTheOracle();
        MhaCase.cross(bench.inputs("nothing"), new Size(2, 5, 9, 8, 4))
                .masked(lengths(5, 9, 0, 9))
                .run(bench, "a batch element without keys")
                .matchesTheOracle();
        maskedTokensDoNotExist(bench);
        nullBiases(bench);
    }

    /** Masked tokens hold NaN and 1e30, which must reach nobody. */
    private static void maskedTokensDoNotExist(Bench bench) {
        MhaCase padded =
                MhaCase.cross(bench.inputs("garbage"), new Size(2, 6, 15, 8, 2)).masked(lengths(6, 15, 11, 4));
        float[] sources = padded.xkv().clone();
        for (int b = 0; b < 2; b++) {
            for (int j = b == 0 ? 11 : 4; j < 15; j++) {
                Arrays.fill(sources, (b * 15 + j) * 8, (b * 15 + j + 1) * 8, j % 2 == 0 ? Float.NaN : 1e30f);
            }
        }
        padded.asked(sources)
                .run(bench, "masked tokens that hold NaN and huge values")
                .matchesTheOracle();

        MhaCase causal = MhaCase.cross(bench.inputs("late NaN"), new Size(1, 12, 12, 8, 2))
                .masked(causal(12));
        float[] late = causal.xkv().clone();
        late[7 * 8 + 3] = Float.NaN;
        causal.asked(late)
                .withoutProbs()
                .run(bench, "a NaN that only later queries may see")
                .matchesTheOracle();

        MhaCase plain = MhaCase.cross(bench.inputs("NaN query"), new Size(1, 6, 10, 8, 2));
        float[] queries = plain.xq().clone();
        queries[3 * 8 + 1] = Float.NaN;
        plain.asking(queries).run(bench, "a NaN in one query").matchesTheOracle();
    }

    private static void nullBiases(Bench bench) {
        MhaCase all = MhaCase.cross(bench.inputs("no biases"), new Size(2, 9, 11, 12, 3));
        Weights w = all.w();
        all.with(new Weights(w.wq(), null, w.wk(), null, w.wv(), null, w.wo(), null))
                .run(bench, "null biases")
                .matchesTheOracle();
        all.with(new Weights(w.wq(), w.bq(), w.wk(), null, w.wv(), null, w.wo(), w.bo()))
                .run(bench, "some null biases")
                .matchesTheOracle();
    }

    @GradedCheck("H3")
    void tokens_in_another_order(Bench bench) {
        Inputs inputs = bench.inputs("order");
        MhaCase c = MhaCase.self(inputs, 1, 23, 12, 3).withoutProbs();
        Done before = c.run(bench, "tokens in another order");
        int[] order = inputs.permutation(23);
        float[] moved = new DeviceTensor("x", new int[] {1, 23, 12}, c.xq())
                .rows(12, order)
                .values();
        Done after = c.selfAttending(moved).run(bench, "tokens in another order");
        after.run()
                .assertThat(after.out())
                .isCloseToRun(
                        before.run().tensor(before.out()).rows(12, order),
                        SAME_VALUES,
                        "without positions and masks, reordering the tokens only reorders the outputs",
                        "没有位置信息和掩码时，token 换次序只会让输出跟着换次序");
    }

    @GradedCheck("H4")
    void who_depends_on_whom(Bench bench) {
        Inputs inputs = bench.inputs("dependence");
        int tokens = 11;
        int width = 12;
        MhaCase c = MhaCase.cross(inputs, new Size(2, tokens, tokens, width, 3)).withoutProbs();
        Done before = c.run(bench, "cross-attention");
        before.matchesTheOracle();
        float[] old = before.values();

        int asked = inputs.below(tokens);
        float[] sources = c.xkv().clone();
        System.arraycopy(inputs.normals(width), 0, sources, asked * width, width);
        Done otherSource = c.asked(sources).run(bench, "one key and value changed");
        float[] changed = otherSource.values();
        for (int i = 0; i < tokens; i++) {
            boolean same = Arrays.equals(changed, i * width, (i + 1) * width, old, i * width, (i + 1) * width);
            otherSource
                    .run()
                    .satisfies(
                            !same,
                            "a token of xkv was changed, and the output of query " + i
                                    + " of the same batch element is the "
                                    + "same: every query attends to every key. Do keys and values come from xkv?",
                            "改变了 xkv 的一个 token，同一样本中查询 " + i + " 的输出却没有变：每个查询都看所有键。键和值是由 xkv 得到的吗？");
        }
        float[] expected = old.clone();
        System.arraycopy(changed, 0, expected, 0, tokens * width);
        sameBits(otherSource, expected, "a token of one batch element does not reach another", "一个样本的 token 不影响另一个样本");

        int asking = tokens + inputs.below(tokens);
        float[] queries = c.xq().clone();
        System.arraycopy(inputs.normals(width), 0, queries, asking * width, width);
        Done otherQuery = c.asking(queries).run(bench, "one query changed");
        expected = old.clone();
        System.arraycopy(otherQuery.values(), asking * width, expected, asking * width, width);
        sameBits(
                otherQuery,
                expected,
                "changing one token of xq changes the output of that query alone (keys and values come from xkv)",
                "改变 xq 的一个 token 只改变该查询的输出（键和值由 xkv 得到）");
    }

    private static void sameBits(Done done, float[] expected, String english, String chinese) {
        done.run()
                .assertThat(done.out())
                .hasSameBitsAs(new DeviceTensor("out", done.out().shape(), expected), english, chinese);
    }

    @GradedCheck("H5")
    void heads_are_interchangeable_and_additive(Bench bench) {
        Inputs inputs = bench.inputs("heads");
        int heads = 4;
        int width = 20;
        MhaCase c = MhaCase.cross(inputs, new Size(2, 9, 14, width, heads)).withoutProbs();
        Done before = c.run(bench, "heads in another order");
        int[] order = {2, 0, 3, 1};
        int[] features = new int[width];
        for (int f = 0; f < width; f++) {
            features[f] = order[f / 5] * 5 + f % 5;
        }
        Weights w = c.w();
        Weights moved = new Weights(
                rows(w.wq(), features, width),
                rows(w.bq(), features, 1),
                rows(w.wk(), features, width),
                rows(w.bk(), features, 1),
                rows(w.wv(), features, width),
                rows(w.bv(), features, 1),
                new DeviceTensor("wo", new int[] {width, width}, w.wo())
                        .columns(width, features)
                        .values(),
                w.bo());
        Done after = c.with(moved).run(bench, "heads in another order");
        after.run()
                .assertThat(after.out())
                .isCloseToRun(
                        before.run().tensor(before.out()),
                        SAME_VALUES,
                        "reordering the heads in wq, wk, wv (blocks of D rows) and wo (blocks of D columns) changes nothing",
                        "把 wq、wk、wv（每 D 行一块）和 wo（每 D 列一块）中的头换次序，结果不变");
        for (int head = 0; head < heads; head++) {
            float[] wo = w.wo().clone();
            for (int row = 0; row < width; row++) {
                Arrays.fill(wo, row * width + head * 5, row * width + head * 5 + 5, 0);
            }
            c.with(new Weights(w.wq(), w.bq(), w.wk(), w.bk(), w.wv(), w.bv(), wo, w.bo()))
                    .run(bench, "one head switched off in wo")
                    .matchesTheOracle();
        }
    }

    private static float[] rows(float @Nullable [] matrix, int[] order, int width) {
        return new DeviceTensor("w", new int[] {order.length, width}, java.util.Objects.requireNonNull(matrix))
                .rows(width, order)
                .values();
    }

    @GradedCheck("H6")
    void one_head_and_two_heads_differ(Bench bench) {
        MhaCase c = MhaCase.self(bench.inputs("same weights"), 1, 13, 16, 1).withoutProbs();
        Done one = c.run(bench, "one head");
        one.matchesTheOracle();
        Done two = c.withHeads(2).run(bench, "two heads, same weights");
        two.matchesTheOracle();
    }

    @GradedCheck("H7")
    void why_several_heads(Bench bench) {
        Inputs inputs = bench.inputs("concepts");
        ConceptQuestions error = new ConceptQuestions(0, 3, MhaChecks::leastError);
        ConceptQuestions cost = new ConceptQuestions(1, 4, p -> p[2] * p[3] * (4 * p[0] * p[1] + 2 * p[0] * p[0]));
        ConceptQuestions rank = new ConceptQuestions(2, 3, p -> Math.min(p[0], p[1] / p[2]));
        for (int draw = 0; draw < 24; draw++) {
            error.draw(draw % 3 == 0 ? 2 : 1, inputs.uniform(0.2f, 4), inputs.uniform(0.2f, 4));
            int heads = inputs.between(1, 16);
            int head = 8 * inputs.between(1, 12);
            int width = heads * head;
            cost.draw(inputs.between(1, 700), width, heads, draw % 2 == 0 ? head : width);
            rank.draw(inputs.between(1, 120), width, heads);
        }
        error.orElse(
                        "the error of weights 1/2 and 1/2: the best weights depend on a and b",
                        "这是权重取 1/2、1/2 时的误差：最优权重与 a、b 有关",
                        p -> p[0] == 1 ? (p[1] * p[1] + p[2] * p[2]) / 4 : 0)
                .orElse(
                        "the error of one head whatever the number of heads",
                        "不管几个头都给出一个头的误差",
                        p -> leastError(new double[] {1, p[1], p[2]}))
                .ask(bench);
        cost.orElse(
                        "right for d = H/A only: use the size of a head that is given",
                        "只在 d = H/A 时正确：要用给出的头大小",
                        p -> p[1] * (4 * p[0] * p[1] + 2 * p[0] * p[0]))
                .orElse(
                        "twice too much: multiply-adds are asked, not operations",
                        "多了一倍：问的是乘加次数，不是运算次数",
                        p -> 2 * p[2] * p[3] * (4 * p[0] * p[1] + 2 * p[0] * p[0]))
                .ask(bench);
        rank.orElse("H/A alone: an S x S matrix has rank at most S", "只给了 H/A：S x S 的矩阵秩不超过 S", p -> p[1] / p[2])
                .orElse("S alone: q has only H/A columns", "只给了 S：q 只有 H/A 列", p -> p[0])
                .ask(bench);
    }

    /**
     * One head gives p (a, 0) + (1-p) (0, b): the error (1-p)^2 a^2 + p^2 b^2 is least at p = a^2 / (a^2 + b^2). With two
     * heads each coordinate has a head of its own.
     */
    private static double leastError(double[] p) {
        double a = p[1] * p[1];
        double b = p[2] * p[2];
        return p[0] == 1 ? a * b / (a + b) : 0;
    }

    @GradedCheck("H8")
    void zero_queries_attend_to_all_alike(Bench bench) {
        Inputs inputs = bench.inputs("uniform");
        MhaCase c = MhaCase.cross(inputs, new Size(2, 10, 37, 12, 4));
        Weights w = c.w();
        MhaCase silent =
                c.with(new Weights(new float[w.wq().length], null, w.wk(), w.bk(), w.wv(), w.bv(), w.wo(), w.bo()));
        silent.run(bench, "queries of zero").matchesTheOracle();
        silent.masked(random(inputs, 2, 10, 37, false))
                .run(bench, "queries of zero, masked")
                .matchesTheOracle();
    }

    private static byte[] causal(int tokens) {
        byte[] mask = new byte[tokens * tokens];
        for (int i = 0; i < tokens; i++) {
            Arrays.fill(mask, i * tokens, i * tokens + i + 1, (byte) 1);
        }
        return mask;
    }

    /** The first {@code lengths[b]} keys of batch element b. */
    private static byte[] lengths(int queries, int keys, int... lengths) {
        byte[] mask = new byte[lengths.length * queries * keys];
        for (int row = 0; row < lengths.length * queries; row++) {
            Arrays.fill(mask, row * keys, row * keys + lengths[row / queries], (byte) 1);
        }
        return mask;
    }

    /** A third of the keys at random; every fifth row empty if wished. */
    private static byte[] random(Inputs inputs, int batch, int queries, int keys, boolean emptyRows) {
        byte[] mask = new byte[batch * queries * keys];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (emptyRows && i / keys % 5 == 3 ? 0 : inputs.below(3) == 0 ? 1 : 0);
        }
        return mask;
    }
}
