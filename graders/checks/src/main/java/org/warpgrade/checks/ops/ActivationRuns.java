package org.warpgrade.checks.ops;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.i64;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.ElementType.F32;
import static org.warpgrade.reference.oracle.ActivationOracle.NAMES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.oracle.ActivationOracle;
import org.warpgrade.reference.oracle.OracleTensor;

/** Runs of act_forward and act_backward, and the usual mistakes in them. */
record ActivationRuns(Bench bench, String family) {

    /** Where the exponential of a float becomes infinite: the logarithm of 2^128. */
    private static final double LARGEST_EXPONENT = 128 * Math.log(2);

    /** What a run wrote. */
    record Output(Run run, DeviceBuffer values) {
        float[] floats() {
            return run.floats(values);
        }
    }

    Output forward(int kind, float[] x) {
        DeviceBuffer y = DeviceBuffer.output("y", F32, x.length);
        Call call =
                Call.of("act_forward", i32(kind), pointer(DeviceBuffer.floats("x", IN, x)), pointer(y), i64(x.length));
        return new Output(bench.run(family + ", " + NAMES.get(kind), "kind=" + kind + " n=" + x.length, call), y);
    }

    Output backward(int kind, float[] x, float[] dy) {
        DeviceBuffer dx = DeviceBuffer.output("dx", F32, x.length);
        Call call = Call.of(
                "act_backward",
                i32(kind),
                pointer(DeviceBuffer.floats("x", IN, x)),
                pointer(DeviceBuffer.floats("dy", IN, dy)),
                pointer(dx),
                i64(x.length));
        return new Output(
                bench.run(family + ", gradient of " + NAMES.get(kind), "kind=" + kind + " n=" + x.length, call), dx);
    }

    void verifyForward(int kind, float[] x) {
        verifyForward(kind, x, tolerance(kind));
    }

    void verifyForward(int kind, float[] x, Tolerance tolerance) {
        Output output = forward(kind, x);
        output.run()
                .assertThat(output.values())
                .isCloseTo(
                        ActivationOracle.forward(kind, x),
                        tolerance,
                        forwardMistakes(kind, x).toArray(Hypothesis[]::new));
    }

    void verifyBackward(int kind, float[] x, float[] dy) {
        Output output = backward(kind, x, dy);
        output.run()
                .assertThat(output.values())
                .isCloseTo(
                        ActivationOracle.backward(kind, x, dy),
                        tolerance(kind),
                        backwardMistakes(kind, x, dy).toArray(Hypothesis[]::new));
    }

    /** Identity and relu involve no rounding; everything else is ELEM. */
    static Tolerance tolerance(int kind) {
        return kind <= 1 ? Tolerance.exact() : Tolerance.elem();
    }

    /** The bounds of ELEM around an oracle, for comparisons of two runs. */
    static double[] bounds(OracleTensor oracle) {
        double[] bounds = new double[oracle.values().length];
        Arrays.setAll(bounds, i -> Tolerance.elem().bound(oracle, i));
        return bounds;
    }

    private static List<Hypothesis> forwardMistakes(int kind, float[] x) {
        List<Hypothesis> known = new ArrayList<>();
        if (kind == 4) {
            known.add(forward(
                    "y fits the tanh form of GELU: kind 4 is 0.5 x (1 + erf(x / sqrt 2))",
                    "y 与 GELU 的 tanh 形式相符：4 号是 0.5 x (1 + erf(x / sqrt 2))",
                    x,
                    z -> ActivationOracle.value(5, z)));
        }
        if (kind == 5) {
            known.add(forward(
                    "y fits the erf form of GELU: kind 5 is the tanh form",
                    "y 与 GELU 的 erf 形式相符：5 号是 tanh 形式",
                    x,
                    z -> ActivationOracle.value(4, z)));
            for (double cubic : new double[] {0.044, 0.0447}) {
                known.add(forward(
                        "y fits the constant " + cubic + " in front of x^3: it is 0.044715",
                        "y 与 x^3 前的系数 " + cubic + " 相符：应为 0.044715",
                        x,
                        z -> ActivationOracle.geluTanh(z, cubic)));
            }
        }
        if (kind == 1) {
            known.add(forward(
                    "a NaN becomes 0: fmaxf(x, 0) and x > 0 ? x : 0 both swallow it",
                    "NaN 变成了 0：fmaxf(x, 0) 和 x > 0 ? x : 0 都会吞掉它",
                    x,
                    z -> z > 0 ? z : 0));
        }
        if (kind == 2 || kind == 3) {
            double overflow = kind == 2 ? LARGEST_EXPONENT : LARGEST_EXPONENT / 2;
            known.add(forward(
                    "y is NaN where the exponential is infinite: infinity over infinity; let it appear in the denominator only, "
                            + "as 1 / (1 + exp(-x)), or use tanhf",
                    "指数为无穷大处 y 是 NaN：无穷比无穷；让指数只出现在分母里，如 1 / (1 + exp(-x))，或使用 tanhf",
                    x,
                    z -> z > overflow ? Double.NaN : ActivationOracle.value(kind, z)));
        }
        known.add(forward(
                "negative values come through, scaled down: relu gives 0 for all of them",
                "负值被缩小后通过了：relu 对所有负值都应给出 0",
                x,
                z -> z < 0 ? 0.01 * z : z));
        for (int other = 0; other < NAMES.size(); other++) {
            int taken = other;
            if (other != kind) {
                known.add(forward(
                        "y fits kind " + other + " (" + NAMES.get(other) + ") instead of kind " + kind + " ("
                                + NAMES.get(kind) + "): are the codes right?",
                        "y 与 " + other + " 号（" + NAMES.get(other) + "）而不是 " + kind + " 号（" + NAMES.get(kind)
                                + "）相符：编号是否弄错了？",
                        x,
                        z -> ActivationOracle.value(taken, z)));
            }
        }
        return known;
    }

    private static Hypothesis forward(String english, String chinese, float[] x, DoubleUnaryOperator mistaken) {
        return Hypothesis.of(english, chinese, () -> ActivationOracle.map("y", x, mistaken));
    }

    private static List<Hypothesis> backwardMistakes(int kind, float[] x, float[] dy) {
        List<Hypothesis> known = new ArrayList<>();
        known.add(Hypothesis.of(
                "dx is the derivative alone: is it multiplied by dy?",
                "dx 只是导数：是否乘了 dy？",
                () -> ActivationOracle.map("dx", x, z -> ActivationOracle.slope(kind, z))));
        known.add(Hypothesis.of(
                "dx is the derivative plus dy: by the chain rule it is the product",
                "dx 是导数加 dy：按链式法则应相乘",
                () -> sum(x, dy, kind)));
        known.add(Hypothesis.of(
                "dx fits the absolute value of dy: its sign has to come through",
                "dx 与 dy 的绝对值相符：dy 的符号应当保留",
                () -> ActivationOracle.backward(kind, x, absolute(dy))));
        if (kind == 1) {
            known.add(slope(
                    "dx fits a slope of 1 at 0: relu'(0) is 0 here",
                    "dx 与 0 处斜率为 1 相符：这里规定 relu'(0) = 0",
                    x,
                    dy,
                    z -> z >= 0 ? 1 : 0));
        }
        if (kind == 2 || kind == 3) {
            known.add(slope(
                    "dx fits x in the place of y: s (1 - s) and 1 - t^2 are formulas in the output, not in the input",
                    "dx 像是把 x 当成了 y：s (1 - s) 和 1 - t^2 里用的是输出，不是输入",
                    x,
                    dy,
                    z -> kind == 2 ? z * (1 - z) : 1 - z * z));
            known.add(slope(
                    "dx is 4 times too large: the slope of the sigmoid is s (1 - s), at most 1/4",
                    "dx 大了 4 倍：sigmoid 的斜率是 s (1 - s)，最大为 1/4",
                    x,
                    dy,
                    z -> 4 * ActivationOracle.slope(kind, z)));
        }
        if (kind == 4) {
            known.add(slope(
                    "dx fits 1 + erf(x / sqrt 2) without the factor 0.5",
                    "dx 与不带系数 0.5 的 1 + erf(x / sqrt 2) 相符",
                    x,
                    dy,
                    z -> ActivationOracle.slope(4, z) + ActivationOracle.phi(z)));
            known.add(slope(
                    "dx fits Phi(x) alone: by the product rule x times the density is missing",
                    "dx 只与 Phi(x) 相符：按乘积法则还缺 x 乘以密度",
                    x,
                    dy,
                    ActivationOracle::phi));
        }
        if (kind == 5) {
            known.add(slope(
                    "dx fits the tanh form without the inner derivative 1 + 3 * 0.044715 x^2",
                    "dx 与缺少内层导数 1 + 3 * 0.044715 x^2 的 tanh 形式相符",
                    x,
                    dy,
                    ActivationRuns::withoutInnerDerivative));
        }
        return known;
    }

    private static double withoutInnerDerivative(double z) {
        double c = Math.sqrt(2 / Math.PI);
        double t = Math.tanh(c * (z + 0.044715 * z * z * z));
        return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * c;
    }

    private static Hypothesis slope(
            String english, String chinese, float[] x, float[] dy, DoubleUnaryOperator mistaken) {
        return Hypothesis.of(english, chinese, () -> ActivationOracle.backward(x, dy, mistaken));
    }

    private static OracleTensor sum(float[] x, float[] dy, int kind) {
        double[] values = new double[x.length];
        Arrays.setAll(values, i -> ActivationOracle.slope(kind, x[i]) + dy[i]);
        return OracleTensor.of("dx", values, x.length);
    }

    private static float[] absolute(float[] dy) {
        float[] values = dy.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return values;
    }
}
