package org.warpgrade.checks.blk;

import java.util.Arrays;
import org.warpgrade.checks.blk.FfnCase.Backward;
import org.warpgrade.checks.blk.FfnCase.Forward;
import org.warpgrade.checks.concept.ConceptQuestions;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.FfnOracle;
import org.warpgrade.reference.oracle.FfnOracle.Gradients;
import org.warpgrade.reference.oracle.FfnOracle.Size;
import org.warpgrade.reference.oracle.FfnOracle.Weights;
import org.warpgrade.reference.oracle.OracleTensor;

/** The checks of {@code blk-ffn} (curriculum, track BLK). */
@ChecksFor("blk-ffn")
class FfnChecks {

    private static final int RELU = 1;
    private static final int GELU = 4;
    private static final int[] ACTIVATIONS = {0, RELU, GELU, 5};

    /** Relations between two runs whose sums may be associated differently. */
    private static final Tolerance SAME_VALUES = Tolerance.net(1e-6);

    private static final FfnCase ABSOLUTE_VALUE = new FfnCase(
            new Size(2, 1, 2),
            RELU,
            new float[] {3, -2},
            new Weights(new float[] {1, -1}, new float[2], new float[] {1, 1}, new float[1]));

    @GradedCheck("P1")
    void two_opposite_units_compute_the_absolute_value(Bench bench) {
        ABSOLUTE_VALUE.forward(bench, "worked example").matchesTheOracle();
    }

    @GradedCheck("P2")
    void gradients_of_the_absolute_value(Bench bench) {
        ABSOLUTE_VALUE.backward(bench, "worked example", new float[] {1, 1}).matchesTheOracle();
    }

    @GradedCheck("H1")
    void any_extents(Bench bench) {
        int[][] extents = {
            {31, 33, 17},
            {1, 8, 32},
            {4, 1, 1},
            {32, 32, 96},
            {33, 31, 70},
            {255, 9, 20},
            {257, 12, 33},
            {1000, 129, 3},
            {1000, 3, 129},
            {3, 5, 1000},
            {2, 1025, 3},
            {1, 3, 4097},
            {129, 20, 67}
        };
        for (int i = 0; i < extents.length; i++) {
            int[] e = extents[i];
            Inputs inputs = bench.inputs(Arrays.toString(e));
            FfnCase c = FfnCase.normal(inputs, e[0], e[1], e[2], ACTIVATIONS[(i + 2) % ACTIVATIONS.length]);
            c.forward(bench, "ragged sizes").matchesTheOracle();
        }
        FfnCase.normal(bench.inputs("no biases"), 9, 17, 23, GELU)
                .withoutBiases()
                .forward(bench, "null biases")
                .matchesTheOracle();
    }

    @GradedCheck("H2")
    void each_activation_between_the_layers(Bench bench) {
        for (int act : ACTIVATIONS) {
            FfnCase.normal(bench.inputs("normal" + act), 21, 19, 43, act)
                    .forward(bench, "activations")
                    .matchesTheOracle();
            sweep(bench.inputs("sweep" + act), act)
                    .forward(bench, "activations over their range")
                    .matchesTheOracle();
        }
    }

    /**
     * Tokens that drive all hidden units through -6 .. 6 together, with output weights of one sign: the difference of the
     * two GELUs (at most 4.7e-4, at |z| = 2.7) adds up over the units instead of averaging out.
     */
    private static FfnCase sweep(Inputs inputs, int act) {
        Size size = new Size(97, 3, 33);
        float[] x = new float[97 * 3];
        for (int t = 0; t < 97; t++) {
            for (int j = 0; j < 3; j++) {
                x[t * 3 + j] = (t - 48) / 8f * inputs.uniform(0.99f, 1.01f);
            }
        }
        Weights w = new Weights(
                inputs.uniforms(33 * 3, 0.32f, 0.34f),
                inputs.uniforms(33, -0.05f, 0.05f),
                inputs.uniforms(3 * 33, 0.5f, 1.5f),
                inputs.normals(3));
        return new FfnCase(size, act, x, w);
    }

    @GradedCheck("H3")
    void each_token_on_its_own(Bench bench) {
        for (int act : new int[] {RELU, GELU}) {
            Inputs inputs = bench.inputs("tokens" + act);
            FfnCase c = FfnCase.normal(inputs, 37, 12, 29, act);
            Forward before = c.forward(bench, "one token changed");
            for (int token : new int[] {0, inputs.between(1, 35), 36}) {
                changesOnly(bench, before, token, inputs.uniforms(12, -9, 9));
                poisonsOnly(bench, before, token);
            }
            int[] order = inputs.permutation(37);
            Forward permuted = c.with(new DeviceTensor("x", new int[] {37, 12}, c.x())
                            .rows(12, order)
                            .values())
                    .forward(bench, "tokens in another order");
            permuted.run()
                    .assertThat(permuted.y())
                    .isCloseToRun(
                            before.tensor().rows(12, order),
                            SAME_VALUES,
                            "reordering the tokens reorders the outputs",
                            "token 换了次序，输出应跟着换次序");
        }
    }

    private static void changesOnly(Bench bench, Forward before, int token, float[] vector) {
        float[] x = before.of().x().clone();
        System.arraycopy(vector, 0, x, token * 12, 12);
        Forward after = before.of().with(x).forward(bench, "one token changed");
        float[] expected = before.values();
        float[] changed = Arrays.copyOfRange(after.values(), token * 12, token * 12 + 12);
        if (Arrays.equals(changed, Arrays.copyOfRange(expected, token * 12, token * 12 + 12))) {
            throw bench.failure(
                    "a token was changed and its output stayed the same: does y depend on x?",
                    "改变了一个 token，它的输出却没有变：y 依赖 x 吗？");
        }
        System.arraycopy(changed, 0, expected, token * 12, 12);
        after.run()
                .assertThat(after.y())
                .hasSameBitsAs(
                        new DeviceTensor("y", new int[] {37, 12}, expected),
                        "changing one token changes no other token's output",
                        "改变一个 token 不会改变其它 token 的输出");
    }

    private static void poisonsOnly(Bench bench, Forward before, int token) {
        float[] x = before.of().x().clone();
        x[token * 12 + 5] = Float.NaN;
        Forward after = before.of().with(x).forward(bench, "a NaN in one token");
        float[] expected = before.values();
        float[] poisoned = Arrays.copyOfRange(after.values(), token * 12, token * 12 + 12);
        for (float value : poisoned) {
            if (!Float.isNaN(value)) {
                throw bench.failure(
                        "a token with a NaN has an output without: fmaxf(z, 0) turns NaN into 0, z < 0 ? 0 : z keeps it",
                        "token 里有 NaN，输出里却没有：fmaxf(z, 0) 会把 NaN 变成 0，z < 0 ? 0 : z 会保留它");
            }
        }
        System.arraycopy(poisoned, 0, expected, token * 12, 12);
        after.run()
                .assertThat(after.y())
                .hasSameBitsAs(
                        new DeviceTensor("y", new int[] {37, 12}, expected),
                        "a NaN in one token touches no other token",
                        "一个 token 里的 NaN 不影响其它 token");
    }

    @GradedCheck("H4")
    void the_activation_is_what_breaks_linearity(Bench bench) {
        int pairs = 8;
        int width = 10;
        Inputs inputs = bench.inputs("superposition");
        float[] x = new float[(3 * pairs + 1) * width];
        for (int k = 0; k < pairs * width; k++) {
            x[k] = inputs.between(-128, 128) / 64f;
            x[pairs * width + k] = inputs.between(-128, 128) / 64f;
            x[2 * pairs * width + k] = x[k] + x[pairs * width + k];
        }
        Size size = new Size(3 * pairs + 1, width, 27);
        Weights w = FfnCase.weights(inputs, size);
        for (int act : new int[] {0, RELU, GELU}) {
            float[] y =
                    new FfnCase(size, act, x, w).forward(bench, "superposition").values();
            double worst = 0;
            for (int k = 0; k < pairs * width; k++) {
                double gap = (double) y[k]
                        + y[pairs * width + k]
                        - y[2 * pairs * width + k]
                        - y[3 * pairs * width + k % width];
                worst = Math.max(worst, Double.isNaN(gap) ? Double.POSITIVE_INFINITY : Math.abs(gap));
            }
            // Four outputs of order 3, each within a few units of 2^-24 of its sum of 27 terms; a nonlinear layer is
            // off by 1.
            if (act == 0 && worst > 1e-4) {
                throw bench.failure(
                        "with code 0 the block must be linear, f(a) + f(b) = f(a+b) + f(0), and is not: is an activation "
                                + "applied anyway?",
                        "编号 0 时应是线性的，f(a) + f(b) = f(a+b) + f(0)，但不成立：是不是仍用了激活函数？");
            }
            if (act != 0 && worst < 1e-2) {
                throw bench.failure(
                        "with an activation the block must not be linear, but f(a) + f(b) = f(a+b) + f(0) holds: is the "
                                + "activation missing?",
                        "有激活函数时不应是线性的，但 f(a) + f(b) = f(a+b) + f(0) 成立：是不是缺了激活函数？");
            }
        }
    }

    @GradedCheck("H5")
    void dead_units_get_no_gradient(Bench bench) {
        int[] dead = {0, 7, 31, 32, 44};
        Inputs inputs = bench.inputs("dead");
        FfnCase c = onGrid(inputs, 33, 14, 45);
        float[] b1 = c.w().b1().clone();
        for (int unit : dead) {
            b1[unit] = -1000;
        }
        FfnCase withDead = c.with(new Weights(c.w().w1(), b1, c.w().w2(), c.w().b2()));
        Backward b = withDead.backward(bench, "dead units", inputs.normals(33 * 14));
        Gradients g = FfnOracle.backward(withDead.x(), withDead.w(), RELU, b.dy(), withDead.size());
        b.run().assertThat(b.dw2()).isCloseTo(g.dw2(), exactAtZero(g.dw2()), b.mistakes(Gradients::dw2));
        b.run().assertThat(b.db1()).isCloseTo(g.db1(), exactAtZero(g.db1()), b.mistakes(Gradients::db1));
        b.run().assertThat(b.dw1()).isCloseTo(g.dw1(), exactAtZero(g.dw1()), b.mistakes(Gradients::dw1));
    }

    private static Tolerance exactAtZero(OracleTensor gradient) {
        double[] bounds = new double[gradient.values().length];
        Arrays.setAll(bounds, i -> gradient.values()[i] == 0 ? 0 : FfnCase.BACKWARD.bound(gradient, i));
        return Tolerance.perElement(bounds, FfnCase.BACKWARD.formula() + ", exactly 0 for dead units");
    }

    /**
     * Inputs, keys and biases on a grid: every pre-activation is exact in float and an odd multiple of 2^-9, so that relu's
     * kink at 0 is never within rounding of one.
     */
    private static FfnCase onGrid(Inputs inputs, int tokens, int width, int inner) {
        float[] x = new float[tokens * width];
        float[] w1 = new float[inner * width];
        float[] b1 = new float[inner];
        for (int i = 0; i < x.length; i++) {
            x[i] = inputs.between(-32, 32) / 16f;
        }
        for (int i = 0; i < w1.length; i++) {
            w1[i] = inputs.between(-16, 16) / 16f;
        }
        for (int i = 0; i < inner; i++) {
            b1[i] = (2 * inputs.between(-256, 256) + 1) / 512f;
        }
        Size size = new Size(tokens, width, inner);
        Weights drawn = FfnCase.weights(inputs, size);
        return new FfnCase(size, RELU, x, new Weights(w1, b1, drawn.w2(), drawn.b2()));
    }

    @GradedCheck("H6a")
    void all_five_gradients(Bench bench) {
        int[][] extents = {{33, 17, 40}, {1, 8, 32}, {32, 33, 31}, {257, 5, 9}, {5, 130, 7}, {130, 20, 33}, {2, 2, 1025}
        };
        for (int[] e : extents) {
            Inputs inputs = bench.inputs("relu" + Arrays.toString(e));
            onGrid(inputs, e[0], e[1], e[2])
                    .backward(bench, "gradients, relu", inputs.normals(e[0] * e[1]))
                    .matchesTheOracle();
        }
        for (int act : new int[] {0, GELU, 5}) {
            Inputs inputs = bench.inputs("smooth" + act);
            FfnCase.normal(inputs, 45, 23, 37, act)
                    .backward(bench, "gradients of each activation", inputs.normals(45 * 23))
                    .matchesTheOracle();
        }
        Inputs inputs = bench.inputs("no biases");
        FfnCase.normal(inputs, 11, 7, 13, GELU)
                .withoutBiases()
                .backward(bench, "gradients, null biases", inputs.normals(11 * 7))
                .matchesTheOracle();
    }

    @GradedCheck("H6b")
    void parameter_gradients_add_up_over_tokens(Bench bench) {
        Inputs inputs = bench.inputs("split");
        int cut = inputs.between(9, 22) * 11;
        FfnCase all = FfnCase.normal(inputs, 40, 11, 26, GELU);
        float[] dy = inputs.normals(40 * 11);
        Backward whole = all.backward(bench, "split over tokens", dy);
        Backward first =
                all.with(Arrays.copyOf(all.x(), cut)).backward(bench, "split over tokens", Arrays.copyOf(dy, cut));
        Backward second = all.with(Arrays.copyOfRange(all.x(), cut, 440))
                .backward(bench, "split over tokens", Arrays.copyOfRange(dy, cut, 440));
        addsUp(whole, first, second, Backward::dw1);
        addsUp(whole, first, second, Backward::db1);
        addsUp(whole, first, second, Backward::dw2);
        addsUp(whole, first, second, Backward::db2);
    }

    private static void addsUp(
            Backward whole,
            Backward first,
            Backward second,
            java.util.function.Function<Backward, org.warpgrade.gpu.DeviceBuffer> tensor) {
        float[] sum = first.run().floats(tensor.apply(first));
        float[] rest = second.run().floats(tensor.apply(second));
        for (int i = 0; i < sum.length; i++) {
            sum[i] += rest[i];
        }
        var of = tensor.apply(whole);
        whole.run()
                .assertThat(of)
                .isCloseToRun(
                        new DeviceTensor(of.name(), of.shape(), sum),
                        Tolerance.grad(1e-5),
                        "parameter gradients are sums over tokens: those of two halves add up to those of the whole",
                        "参数梯度是对 token 的求和：两部分的梯度相加等于整体的梯度");
    }

    @GradedCheck("H7")
    void keys_and_values(Bench bench) {
        int n = 16;
        Inputs inputs = bench.inputs("keys");
        int[] order = inputs.permutation(n);
        float[] keys = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                // Rows of a Hadamard matrix are orthogonal; shuffled, the matrix is not symmetric.
                keys[i * n + j] = (Integer.bitCount(order[i] & j) & 1) == 0 ? 1 : -1;
            }
        }
        float[] tokens = keys.clone();
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] *= 0.25f * (1 + i / n / 16f);
        }
        Size size = new Size(n, n, n);
        for (int act : new int[] {RELU, GELU}) {
            Weights w = new Weights(keys, null, inputs.normals(n * n), inputs.normals(n));
            new FfnCase(size, act, tokens, w)
                    .forward(bench, "tokens that match one key")
                    .matchesTheOracle(Hypothesis.of(
                            "w2 is read transposed: the value of hidden unit i is column i of w2[H][I]",
                            "w2 读成了转置：隐藏单元 i 的值是 w2[H][I] 的第 i 列",
                            () -> FfnOracle.forward(
                                    tokens, new Weights(keys, null, transposed(w.w2(), n), w.b2()), act, size)));
        }
        ConceptQuestions unit = new ConceptQuestions(2, 9, FfnChecks::oneUnit);
        for (int k = 0; k < 24; k++) {
            double[] p = new double[9];
            for (int i = 0; i < 8; i++) {
                p[i] = inputs.normal();
            }
            p[8] = k % 2 == 0 ? RELU : GELU;
            unit.draw(p);
        }
        unit.orElse(
                        "the bias b is missing",
                        "缺少偏置 b",
                        p -> oneUnit(new double[] {p[0], p[1], p[2], p[3], p[4], p[5], 0, p[7], p[8]}))
                .ask(bench);
    }

    /** What a hidden unit adds to one output feature: a network of one unit with three inputs. */
    private static double oneUnit(double[] p) {
        float[] x = {(float) p[0], (float) p[1], (float) p[2]};
        float[] values = {(float) p[7], 0, 0};
        Weights w = new Weights(
                new float[] {(float) p[3], (float) p[4], (float) p[5]}, new float[] {(float) p[6]}, values, null);
        return FfnOracle.forward(x, w, (int) p[8], new Size(1, 3, 1)).values()[0];
    }

    private static float[] transposed(float[] square, int n) {
        float[] turned = new float[n * n];
        for (int i = 0; i < n * n; i++) {
            turned[i] = square[i % n * n + i / n];
        }
        return turned;
    }

    @GradedCheck("H8")
    void cost_of_the_block(Bench bench) {
        Inputs inputs = bench.inputs("cost");
        ConceptQuestions operations = new ConceptQuestions(0, 3, p -> 4 * p[0] * p[1] * p[2]);
        ConceptQuestions share = new ConceptQuestions(1, 2, p -> 2 * p[0] * p[1] / (4 * p[0] * p[0] + 2 * p[0] * p[1]));
        for (int k = 0; k < ConceptQuestions.DRAWS; k++) {
            int width = 64 * inputs.between(1, 64);
            int inner = k < 4 ? 4 * width : inputs.between(1, 20_000);
            operations.draw(inputs.between(1, 4096), width, inner);
            share.draw(width, inner);
        }
        operations
                .orElse("half of it: a multiply-add counts as 2", "只有一半：一次乘加算 2 次", p -> 2 * p[0] * p[1] * p[2])
                .ask(bench);
        share.orElse("always 2/3: that holds for I = 4 H only", "总是 2/3：只有 I = 4 H 时才对", p -> 2.0 / 3)
                .ask(bench);
    }
}
