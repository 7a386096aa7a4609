package org.warpgrade.checks.ops;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.i64;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.DeviceBuffer.Access.INOUT;
import static org.warpgrade.reference.oracle.ActivationOracle.NAMES;

import java.util.Arrays;
import org.warpgrade.checks.concept.ConceptQuestions;
import org.warpgrade.checks.ops.ActivationRuns.Output;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.ActivationOracle;

@ChecksFor("op-activations")
class ActivationChecks {

    private static final int KINDS = 6;

    /** First a size at which the usual mistakes can be told from each other. */
    private static final int[] RAGGED = {1000, 4097, 1, 2, 3, 31, 32, 33, 255, 256, 257, 1025};

    /** More than 1024 blocks of 256 threads hold: launched with both exchanged, a block would have more threads than there can be. */
    private static final int MANY = 1024 * 256 + 1;

    /** The most pre-activations that a concept question lists. */
    private static final int LAYERS = 8;

    @GradedCheck("P1")
    void values_of_every_kind(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "worked example");
        for (int kind = KINDS - 1; kind >= 0; kind--) {
            runs.verifyForward(kind, new float[] {1, -3, 0, 2.5f, -0.5f});
        }
    }

    @GradedCheck("P2")
    void slopes_of_every_kind(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "worked example");
        for (int kind = 0; kind < KINDS; kind++) {
            runs.verifyBackward(kind, new float[] {0, 1, -1, 2}, new float[] {1.5f, 1, -0.5f, 1.25f});
        }
    }

    @GradedCheck("H1")
    void any_number_of_elements(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "ragged sizes");
        for (int i = 0; i < RAGGED.length; i++) {
            int n = RAGGED[i];
            float[] x = bench.inputs("x" + n).uniforms(n, -5, 5);
            float[] dy = gradients(bench, "dy" + n, n);
            for (int kind : new int[] {i % KINDS, (i + 3) % KINDS}) {
                runs.verifyForward(kind, x);
                runs.verifyBackward(kind, x, dy);
            }
        }
        float[] x = bench.inputs("x" + MANY).uniforms(MANY, -5, 5);
        float[] dy = gradients(bench, "dy" + MANY, MANY);
        for (int kind = 0; kind < KINDS; kind++) { // some have a kernel, and so a launch, for each kind
            runs.verifyForward(kind, x);
            runs.verifyBackward(kind, x, dy);
            nothingHappens(bench, kind);
        }
    }

    private static void nothingHappens(Bench bench, int kind) {
        DeviceBuffer x = DeviceBuffer.floats("x", IN, new float[] {1, 2, 3, 4});
        float[] before = {5, 6, 7, 8};
        DeviceBuffer y = DeviceBuffer.floats("y", INOUT, before);
        DeviceTensor untouched = new DeviceTensor("y", new int[] {4}, before);
        String english = "n = 0 leaves memory as it is";
        String chinese = "n = 0 时内存不变";
        Run forward = bench.run(
                "no elements",
                "kind=" + kind + " n=0",
                Call.of("act_forward", i32(kind), pointer(x), pointer(y), i64(0)));
        forward.assertThat(y).hasSameBitsAs(untouched, english, chinese);
        Run backward = bench.run(
                "no elements",
                "kind=" + kind + " n=0",
                Call.of("act_backward", i32(kind), pointer(x), pointer(x), pointer(y), i64(0)));
        backward.assertThat(y).hasSameBitsAs(untouched, english, chinese);
    }

    @GradedCheck("H2")
    void a_fine_grid_tells_every_formula_from_its_neighbours(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "fine grid");
        int n = 24 * 256;
        float[] x = new float[n];
        for (int kind = 2; kind < KINDS; kind++) {
            Inputs within = bench.inputs("x" + kind);
            for (int i = 0; i < n; i++) {
                x[i] = -12 + (i + within.uniform(0, 1)) / 256;
            }
            runs.verifyForward(kind, x.clone());
            runs.verifyBackward(kind, x.clone(), gradients(bench, "dy" + kind, n));
        }
    }

    @GradedCheck("H3")
    void far_out_nothing_becomes_nan(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "large arguments");
        float[] finite = {1e4f, -1e4f, 88.8f, -88.8f, 1, 45, -45, 100, -100, -1, 710, -710, 20, -20, 12, -12};
        float[] infinite = Arrays.copyOf(finite, finite.length + 2);
        infinite[finite.length] = Float.POSITIVE_INFINITY;
        infinite[finite.length + 1] = Float.NEGATIVE_INFINITY;
        for (int kind = 0; kind < KINDS; kind++) {
            float[] x = kind <= 3 ? infinite : finite;
            runs.verifyForward(
                    kind, x, kind == 2 || kind == 3 ? exactAtTheLimits(kind, x) : ActivationRuns.tolerance(kind));
            runs.verifyBackward(kind, x, gradients(bench, "dy" + kind, x.length));
        }
    }

    /** Sigmoid and tanh are exactly at their limits where even double precision cannot tell the difference. */
    private static Tolerance exactAtTheLimits(int kind, float[] x) {
        double[] bounds = ActivationRuns.bounds(ActivationOracle.forward(kind, x));
        for (int i = 0; i < x.length; i++) {
            bounds[i] = Math.abs(x[i]) >= 1000 ? 0 : bounds[i];
        }
        return Tolerance.perElement(bounds, Tolerance.elem().formula() + "; exactly 0, 1 or -1 from |x| = 1000 on");
    }

    @GradedCheck("H4")
    void nan_stays_nan_and_tiny_numbers_stay(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "special values");
        float[] tiny = {0, -0f, 1e-40f, -1e-40f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-38f, -1e-38f, 1e-20f, -1e-20f, 3
        };
        float[] withNaN = bench.inputs("x").uniforms(70, -4, 4);
        for (int i : new int[] {0, 33, 69}) {
            withNaN[i] = Float.NaN;
        }
        for (int kind = 0; kind < KINDS; kind++) {
            runs.verifyForward(kind, tiny);
            runs.verifyBackward(kind, tiny, gradients(bench, "dy" + kind, tiny.length));
            runs.verifyForward(kind, withNaN);
        }
    }

    /**
     * The slope from the submission's own forward by a five-point difference: its truncation is below 1e-6, and errors of
     * the forward within ELEM act 1.5 / h times as strongly.
     */
    @GradedCheck("H5")
    void the_gradient_is_the_slope_of_the_students_own_forward(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "gradient against own forward");
        float h = 0x1p-5f;
        int n = 300;
        for (int kind = 0; kind < KINDS; kind++) {
            int[] steps = bench.inputs("x" + kind).integers(n, -192, 192);
            float[] x = new float[n];
            float[] around = new float[4 * n];
            for (int i = 0; i < n; i++) {
                x[i] = (steps[i] + 0.5f) * h; // between the grid points, so that no stencil of relu straddles its kink
                x[i] += Math.copySign(kind == 1 ? 2 * h : 0, x[i]);
                for (int j = 0; j < 4; j++) {
                    around[4 * i + j] = x[i] + (j < 2 ? j - 2 : j - 1) * h;
                }
            }
            float[] f = runs.forward(kind, around).floats();
            float[] dy = gradients(bench, "dy" + kind, n);
            float[] slopes = new float[n];
            double[] bounds = new double[n];
            for (int i = 0; i < n; i++) {
                double near = (double) f[4 * i + 2] - f[4 * i + 1];
                double far = (double) f[4 * i + 3] - f[4 * i];
                slopes[i] = (float) (dy[i] * (8 * near - far) / (12 * h));
                double error = 1.5 / h * (1e-6 + 1e-5 * Math.max(Math.abs(f[4 * i]), Math.abs(f[4 * i + 3])));
                bounds[i] = Math.abs(dy[i]) * (error + 1e-5) + 1e-6;
            }
            Output dx = runs.backward(kind, x, dy);
            dx.run()
                    .assertThat(dx.values())
                    .isCloseToRun(
                            new DeviceTensor("dx", new int[] {n}, slopes),
                            Tolerance.perElement(bounds, "|dy| (1.5/h (1e-6 + 1e-5 |y|) + 1e-5) + 1e-6, h = 1/32"),
                            "dx is dy times the slope of your own forward function, measured by differences",
                            "dx 等于 dy 乘以你自己的前向函数的斜率（用差分测得）");
        }
    }

    @GradedCheck("H6")
    void the_gradient_is_linear_in_dy(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "linearity in dy");
        int n = 200;
        for (int kind = 0; kind < KINDS; kind++) {
            float[] x = bench.inputs("x" + kind).uniforms(n, -4, 4);
            int[] first = bench.inputs("first" + kind).integers(n, -255, 255);
            int[] second = bench.inputs("second" + kind).integers(n, -255, 255);
            float[] a = new float[n];
            float[] b = new float[n];
            float[] sum = new float[n];
            float[] eightfold = new float[n];
            for (int i = 0; i < n; i++) {
                a[i] = first[i] / 128f;
                b[i] = second[i] / 128f;
                sum[i] = a[i] + b[i];
                eightfold[i] = -8 * a[i];
            }
            float[] fromA = runs.backward(kind, x, a).floats();
            float[] fromB = runs.backward(kind, x, b).floats();
            float[] expected = new float[n];
            float[] scaled = new float[n];
            double[] bounds = new double[n];
            for (int i = 0; i < n; i++) {
                expected[i] = fromA[i] + fromB[i];
                scaled[i] = -8 * fromA[i];
                bounds[i] = 3e-6 + 2e-5 * (Math.abs(fromA[i]) + Math.abs(fromB[i]));
            }
            Output ofSum = runs.backward(kind, x, sum);
            ofSum.run()
                    .assertThat(ofSum.values())
                    .isCloseToRun(
                            new DeviceTensor("dx", new int[] {n}, expected),
                            Tolerance.perElement(bounds, "3e-6 + 2e-5 (|dx1| + |dx2|)"),
                            "dx of dy1 + dy2 is the sum of both dx",
                            "dy1 + dy2 的 dx 等于两个 dx 之和");
            Output ofScaled = runs.backward(kind, x, eightfold);
            ofScaled.run()
                    .assertThat(ofScaled.values())
                    .hasSameBitsAs(
                            new DeviceTensor("dx", new int[] {n}, scaled),
                            "dx of -8 dy is -8 times dx, exactly, since 8 is a power of two",
                            "-8 dy 的 dx 精确等于 -8 倍的 dx，因为 8 是 2 的幂");
        }
    }

    /** A witness of non-linearity is a pair with f(a + b) clearly different from f(a) + f(b). */
    @GradedCheck("H7")
    void every_kind_but_none_is_non_linear(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "non-linearity");
        int n = 64;
        int[] grid = bench.inputs("pairs").integers(2 * n, -256, 256);
        float[] x = new float[3 * n];
        for (int i = 0; i < n; i++) {
            x[i] = grid[i] / 64f;
            x[n + i] = grid[n + i] / 64f;
            x[2 * n + i] = x[i] + x[n + i];
        }
        for (int kind = 0; kind < KINDS; kind++) {
            float[] f = runs.forward(kind, x).floats();
            double largest = 0;
            for (int i = 0; i < n; i++) {
                double defect = Math.abs((double) f[2 * n + i] - f[i] - f[n + i]);
                largest = Double.isNaN(defect) ? defect : Math.max(largest, defect);
            }
            if (kind == 0 && !(largest == 0)) {
                throw bench.failure(
                        "kind 0 is the identity, so f(a + b) must equal f(a) + f(b); yours differs by " + largest,
                        "0 号是恒等函数，f(a + b) 应等于 f(a) + f(b)；你的结果相差 " + largest);
            }
            if (kind > 0 && !(largest > 0.05)) {
                throw bench.failure(
                        "kind " + kind + " (" + NAMES.get(kind)
                                + ") behaves like a linear function: f(a + b) equals f(a) + f(b) "
                                + "for every pair; without a non-linearity all layers of a network collapse into one",
                        kind + " 号（" + NAMES.get(kind) + "）表现为线性函数：对每一对数都有 f(a + b) = f(a) + f(b)；没有非线性，网络的所有层会塌缩成一层");
            }
            runs.verifyForward(kind, x);
        }
    }

    @GradedCheck("H8")
    void products_of_slopes(Bench bench) {
        ConceptQuestions bound = new ConceptQuestions(0, 2, p -> p[0] == 2 ? Math.pow(0.25, p[1]) : 1)
                .orElse(
                        "the answers fit 1/4 per layer for every kind: only the slope of the sigmoid is at most 1/4",
                        "答案像是对每一种都取每层 1/4：只有 sigmoid 的斜率最大为 1/4",
                        p -> Math.pow(0.25, p[1]))
                .orElse(
                        "the answers fit 1/2 per layer of sigmoid: 1/2 is its value at 0, its slope there is 1/4",
                        "答案像是对 sigmoid 每层取 1/2：1/2 是它在 0 处的值，那里的斜率是 1/4",
                        p -> p[0] == 2 ? Math.pow(0.5, p[1]) : 1);
        Inputs draws = bench.inputs("bounds");
        for (int i = 0; i < 24; i++) {
            bound.draw(i % 3 == 0 ? draws.between(0, 1) * 3 : i % 3, draws.between(1, 12));
        }
        bound.ask(bench);

        ConceptQuestions chain = new ConceptQuestions(1, 2 + LAYERS, p -> product(p, false))
                .orElse(
                        "the answers are products of the activation's values: a derivative is a product of slopes",
                        "答案是激活函数值的乘积：导数是斜率的乘积",
                        p -> product(p, true))
                .orElse(
                        "the answers fit the slope at z[0] to the power L: every layer has a pre-activation of its own",
                        "答案像是 z[0] 处斜率的 L 次方：每一层有自己的预激活值",
                        p -> Math.pow(ActivationOracle.slope((int) p[0], p[2]), p[1]));
        Inputs values = bench.inputs("chains");
        for (int i = 0; i < 30; i++) {
            double[] p = new double[2 + LAYERS];
            p[0] = 1 + i % 3;
            p[1] = values.between(1, LAYERS);
            for (int l = 0; l < LAYERS; l++) {
                p[2 + l] = p[0] == 1 && i < 15 ? values.uniform(0.1f, 2) : values.uniform(-2, 2);
            }
            chain.draw(p);
        }
        chain.ask(bench);
    }

    private static double product(double[] p, boolean ofValues) {
        double product = 1;
        for (int l = 0; l < p[1]; l++) {
            product *= ofValues
                    ? ActivationOracle.value((int) p[0], p[2 + l])
                    : ActivationOracle.slope((int) p[0], p[2 + l]);
        }
        return product;
    }

    /** The busiest thread of a launch may have at most a 32nd of all instructions. */
    @GradedCheck("S1")
    void the_work_is_shared(Bench bench) {
        ActivationRuns runs = new ActivationRuns(bench, "structure");
        int n = 1 << 14;
        float[] x = bench.inputs("x").uniforms(n, -3, 3);
        shared(bench, runs.forward(1, x).run());
        shared(bench, runs.backward(1, x, gradients(bench, "dy", n)).run());
    }

    private static void shared(Bench bench, Run run) {
        long all = run.trace().threadInstructions();
        for (LaunchRecord launch : run.trace().launches()) {
            if (launch.maxThreadInstructions() > all / 32) {
                long percent = 100 * launch.maxThreadInstructions() / all;
                throw bench.failure(
                        "one thread of " + launch.displayName() + " executes " + percent
                                + " % of all instructions on 16384 elements: give each thread elements of its own",
                        launch.displayName() + " 的一个线程在 16384 个元素上执行了全部指令的 " + percent + " %：请让每个线程处理自己的元素");
            }
        }
    }

    /** Between 0.25 and 1.5 in size, of both signs: never so small that a wrong slope hides behind it. */
    private static float[] gradients(Bench bench, String label, int n) {
        Inputs inputs = bench.inputs(label);
        float[] dy = new float[n];
        for (int i = 0; i < n; i++) {
            dy[i] = inputs.uniform(0.25f, 1.5f) * (inputs.below(2) == 0 ? 1 : -1);
        }
        return dy;
    }
}
