package org.warpgrade.checks.blk;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.Argument.struct;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.ElementType.F32;

import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.FfnOracle;
import org.warpgrade.reference.oracle.FfnOracle.BackwardSlip;
import org.warpgrade.reference.oracle.FfnOracle.Gradients;
import org.warpgrade.reference.oracle.FfnOracle.Size;
import org.warpgrade.reference.oracle.FfnOracle.Slip;
import org.warpgrade.reference.oracle.FfnOracle.Weights;
import org.warpgrade.reference.oracle.OracleTensor;

/** One feed-forward network with its input: how it is run, and what usually goes wrong with it. */
record FfnCase(Size size, int act, float[] x, Weights w) {

    /** NET(1e-4) of the curriculum entry. */
    static final Tolerance FORWARD = Tolerance.net(1e-4);

    /** GRAD(5e-4) of the curriculum entry. */
    static final Tolerance BACKWARD = Tolerance.grad(5e-4);

    /** The outputs of one backward run. */
    record Backward(
            FfnCase of,
            float[] dy,
            Run run,
            DeviceBuffer dx,
            DeviceBuffer dw1,
            DeviceBuffer db1,
            DeviceBuffer dw2,
            DeviceBuffer db2) {

        /** Compares from the output back, so that the first tensor named is where the chain breaks. */
        void matchesTheOracle() {
            Gradients g = FfnOracle.backward(of.x, of.w, of.act, dy, of.size);
            run.assertThat(db2).isCloseTo(g.db2(), BACKWARD, mistakes(Gradients::db2));
            run.assertThat(dw2).isCloseTo(g.dw2(), BACKWARD, mistakes(Gradients::dw2));
            run.assertThat(db1).isCloseTo(g.db1(), BACKWARD, mistakes(Gradients::db1));
            run.assertThat(dw1).isCloseTo(g.dw1(), BACKWARD, mistakes(Gradients::dw1));
            run.assertThat(dx).isCloseTo(g.dx(), BACKWARD, mistakes(Gradients::dx));
        }

        Hypothesis[] mistakes(java.util.function.Function<Gradients, OracleTensor> tensor) {
            return new Hypothesis[] {
                slip(
                        BackwardSlip.NO_SLOPE,
                        tensor,
                        "the gradient passes the activation unchanged: multiply by act'(z)",
                        "梯度原样穿过了激活函数：要乘以 act'(z)"),
                slip(
                        BackwardSlip.VALUE_FOR_SLOPE,
                        tensor,
                        "multiplied by act(z), the value after the activation, in place of the derivative act'(z)",
                        "乘的是激活后的值 act(z)，应当乘导数 act'(z)"),
                slip(
                        BackwardSlip.SLOPE_OF_OUTPUT,
                        tensor,
                        "the derivative is taken at act(z); take it at z, the value before the activation",
                        "导数取在了 act(z) 处；应取在激活之前的 z 处"),
                slip(
                        BackwardSlip.MEAN_OVER_TOKENS,
                        tensor,
                        "exactly T times too small: parameter gradients are sums over tokens, not means",
                        "恰好小了 T 倍：参数梯度是对 token 求和，不是求平均"),
                slip(
                        BackwardSlip.BIAS_OVER_FEATURES,
                        tensor,
                        "summed along the features of one token: a bias gradient sums over tokens, one sum per feature",
                        "沿一个 token 的特征求了和：偏置梯度应对 token 求和，每个特征一个"),
                slip(
                        BackwardSlip.LEAKY,
                        tensor,
                        "a unit with z < 0 still gets 1 % of the gradient: the slope of relu is 0 there",
                        "z < 0 的单元还有 1 % 的梯度：relu 在那里的斜率是 0")
            };
        }

        private Hypothesis slip(
                BackwardSlip slip,
                java.util.function.Function<Gradients, OracleTensor> tensor,
                String english,
                String chinese) {
            return Hypothesis.of(
                    english, chinese, () -> tensor.apply(FfnOracle.backward(of.x, of.w, of.act, dy, of.size, slip)));
        }
    }

    /** The output of one forward run. */
    record Forward(FfnCase of, Run run, DeviceBuffer y) {

        float[] values() {
            return run.floats(y);
        }

        DeviceTensor tensor() {
            return new DeviceTensor("y", y.shape(), values());
        }

        void matchesTheOracle(Hypothesis... more) {
            Hypothesis[] usual = of.mistakes();
            Hypothesis[] all = java.util.Arrays.copyOf(more, more.length + usual.length);
            System.arraycopy(usual, 0, all, more.length, usual.length);
            run.assertThat(y).isCloseTo(of.expected(), FORWARD, all);
        }
    }

    /** Normal inputs; weights scaled so that every layer's values are of order 1. */
    static FfnCase normal(Inputs inputs, int tokens, int width, int inner, int act) {
        Size size = new Size(tokens, width, inner);
        return new FfnCase(size, act, inputs.normals(tokens * width), weights(inputs, size));
    }

    static Weights weights(Inputs inputs, Size size) {
        int matrix = size.width() * size.inner();
        return new Weights(
                scaled(inputs.normals(matrix), size.width()),
                inputs.normals(size.inner()),
                scaled(inputs.normals(matrix), size.inner()),
                inputs.normals(size.width()));
    }

    private static float[] scaled(float[] values, int fanIn) {
        float factor = (float) (1 / Math.sqrt(fanIn));
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }

    FfnCase with(float[] otherInput) {
        return new FfnCase(new Size(otherInput.length / size.width(), size.width(), size.inner()), act, otherInput, w);
    }

    FfnCase with(Weights other) {
        return new FfnCase(size, act, x, other);
    }

    FfnCase withoutBiases() {
        return with(new Weights(w.w1(), null, w.w2(), null));
    }

    OracleTensor expected() {
        return FfnOracle.forward(x, w, act, size);
    }

    Forward forward(Bench bench, String family) {
        DeviceBuffer y = DeviceBuffer.output("y", F32, size.tokens(), size.width());
        Run run = bench.run(
                family,
                size + " act=" + act,
                Call.of(
                        "ffn",
                        input("x", x),
                        weights(),
                        i32(act),
                        pointer(y),
                        i32(size.tokens()),
                        i32(size.width()),
                        i32(size.inner())));
        return new Forward(this, run, y);
    }

    Backward backward(Bench bench, String family, float[] dy) {
        int h = size.width();
        int n = size.inner();
        DeviceBuffer dx = DeviceBuffer.output("dx", F32, size.tokens(), h);
        DeviceBuffer dw1 = DeviceBuffer.output("dw1", F32, n, h);
        DeviceBuffer db1 = DeviceBuffer.output("db1", F32, n);
        DeviceBuffer dw2 = DeviceBuffer.output("dw2", F32, h, n);
        DeviceBuffer db2 = DeviceBuffer.output("db2", F32, h);
        Run run = bench.run(
                family,
                size + " act=" + act,
                Call.of(
                        "ffn_backward",
                        input("x", x),
                        weights(),
                        i32(act),
                        input("dy", dy),
                        pointer(dx),
                        pointer(dw1),
                        pointer(db1),
                        pointer(dw2),
                        pointer(db2),
                        i32(size.tokens()),
                        i32(h),
                        i32(n)));
        return new Backward(this, dy, run, dx, dw1, db1, dw2, db2);
    }

    private Argument input(String name, float[] values) {
        return pointer(DeviceBuffer.floats(name, IN, values, size.tokens(), size.width()));
    }

    private Argument weights() {
        int h = size.width();
        int n = size.inner();
        return struct(
                parameter("w1", w.w1(), n, h),
                parameter("b1", w.b1(), n),
                parameter("w2", w.w2(), h, n),
                parameter("b2", w.b2(), h));
    }

    private static Argument parameter(String name, float @Nullable [] values, int... shape) {
        return values == null ? nullPointer() : pointer(DeviceBuffer.floats(name, IN, values, shape));
    }

    Hypothesis[] mistakes() {
        return new Hypothesis[] {
            slip(
                    Slip.NO_ACTIVATION,
                    "this is w2 (w1 x + b1) + b2 without the activation",
                    "这是没有激活函数的 w2 (w1 x + b1) + b2"),
            slip(
                    Slip.ACTIVATION_AFTER_SECOND_LAYER,
                    "the activation comes after the second layer: it belongs between the two",
                    "激活函数放在了第二层之后：它应在两层之间"),
            slip(
                    Slip.FIRST_BIAS_AFTER_ACTIVATION,
                    "b1 is added after the activation: act(w1 x + b1), not act(w1 x) + b1",
                    "b1 加在了激活之后：应为 act(w1 x + b1)，不是 act(w1 x) + b1"),
            slip(
                    Slip.OTHER_GELU,
                    "this is the other GELU: code 4 is the erf form, code 5 the tanh form",
                    "用的是另一种 GELU：编号 4 是 erf 形式，编号 5 是 tanh 形式"),
            slip(Slip.ALWAYS_RELU, "relu is used whatever the code says", "不管编号是什么都用了 relu"),
            slip(Slip.NO_FIRST_BIAS, "b1 is missing", "缺少 b1"),
            slip(Slip.NO_SECOND_BIAS, "b2 is missing", "缺少 b2"),
            slip(
                    Slip.INNER_IS_4H,
                    "the sum ends after 4 H hidden units: use I, which is a parameter of its own",
                    "求和只到 4 H 个隐藏单元：应使用 I，它是单独的参数"),
            Hypothesis.of(
                    "y is a copy of x: is the second layer launched?",
                    "y 是 x 的拷贝：第二层启动了吗？",
                    () -> OracleTensor.of("y", widened(x), size.tokens(), size.width()))
        };
    }

    private Hypothesis slip(Slip slip, String english, String chinese) {
        return Hypothesis.of(english, chinese, () -> FfnOracle.forward(x, w, act, size, slip));
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
