package org.warpgrade.checks.ops;

import java.util.function.DoubleUnaryOperator;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.reference.oracle.OracleTensor;
import org.warpgrade.reference.oracle.SoftmaxOracle;

/** What {@code op-softmax} yields under the usual mistakes, for the likely cause in a failure message. */
final class SoftmaxMistakes {

    private SoftmaxMistakes() {}

    /** The mistakes of the forward pass on these logits. */
    static Hypothesis[] forward(float[] x, int rows, int cols) {
        return new Hypothesis[] {
            Hypothesis.of(
                    "exp of the logits overflows: is the row's maximum subtracted first?",
                    "logits 的 exp 溢出：是否先减去了该行的最大值？",
                    () -> shifted(x, rows, cols, row -> 0)),
            Hypothesis.of(
                    "rows far below the largest one are 0/0: is the maximum taken over the whole tensor instead of the row?",
                    "远低于最大行的行成了 0/0：最大值是否取自整个张量而不是本行？",
                    () -> shifted(x, rows, cols, row -> largest(x, 0, x.length, Float.NEGATIVE_INFINITY))),
            Hypothesis.of(
                    "rows without a positive logit are wrong: does the maximum start at 0 instead of -INFINITY?",
                    "没有正 logit 的行出错：最大值是否从 0 而不是 -INFINITY 开始？",
                    () -> shifted(x, rows, cols, row -> largest(x, (int) row * cols, cols, 0))),
            Hypothesis.of(
                    "the values are those of a softmax over each column: the sum must run along the row.",
                    "结果是按列的 softmax：求和应沿行进行。",
                    () -> overColumns(x, rows, cols)),
            Hypothesis.of(
                    "rows that must be NaN are 0: is NaN swallowed by fmaxf or by a test of the sum?",
                    "应为 NaN 的行成了 0：NaN 是否被 fmaxf 或对和的判断吞掉了？",
                    () -> {
                        double[] y = SoftmaxOracle.forward(x, rows, cols).values();
                        return mapped("y", rows, cols, i -> Double.isNaN(y[(int) i]) ? 0 : y[(int) i]);
                    }),
            Hypothesis.of(
                    "the output is the input: is the result ever computed?",
                    "输出等于输入：是否真正计算了结果？",
                    () -> mapped("y", rows, cols, i -> x[(int) i])),
            Hypothesis.of(
                    "every element is 0: is the kernel filled in and launched?",
                    "所有元素都是 0：kernel 写好并启动了吗？",
                    () -> mapped("y", rows, cols, i -> 0)),
            Hypothesis.of(
                    "every element is 1 / cols: do the logits enter the result at all?",
                    "所有元素都是 1 / cols：结果里用到 logits 了吗？",
                    () -> mapped("y", rows, cols, i -> 1.0 / cols)),
        };
    }

    /** The mistakes of the backward pass. */
    static Hypothesis[] backward(float[] y, float[] dy, int rows, int cols) {
        return new Hypothesis[] {
            Hypothesis.of(
                    "dx is y * dy: the sum over y_j dy_j is not subtracted.",
                    "dx 等于 y * dy：没有减去 y_j dy_j 的和。",
                    () -> mapped("dx", rows, cols, i -> (double) y[(int) i] * dy[(int) i])),
            Hypothesis.of(
                    "dx is y (1 - y) dy: only the diagonal of the Jacobian is used, the terms -y_i y_j are missing.",
                    "dx 等于 y (1 - y) dy：只用了雅可比的对角线，缺少 -y_i y_j 项。",
                    () -> mapped("dx", rows, cols, i -> y[(int) i] * (1.0 - y[(int) i]) * dy[(int) i])),
            Hypothesis.of(
                    "the subtracted sum is that of dy alone: each dy_j must be weighted by y_j.",
                    "减去的只是 dy 的和：每个 dy_j 要乘以 y_j。",
                    () -> mapped(
                            "dx", rows, cols, i -> y[(int) i] * (dy[(int) i] - sum(dy, (int) i / cols * cols, cols)))),
            Hypothesis.of(
                    "dx equals dy: is the Jacobian applied?",
                    "dx 等于 dy：乘上雅可比了吗？",
                    () -> mapped("dx", rows, cols, i -> dy[(int) i])),
            Hypothesis.of(
                    "every gradient is 0: is the kernel filled in and launched?",
                    "所有梯度都是 0：kernel 写好并启动了吗？",
                    () -> mapped("dx", rows, cols, i -> 0)),
        };
    }

    /** Softmax as fp32 computes it when something other than the row's maximum is subtracted. */
    private static OracleTensor shifted(float[] x, int rows, int cols, DoubleUnaryOperator shiftOfRow) {
        double[] y = new double[rows * cols];
        for (int row = 0; row < rows; row++) {
            double shift = shiftOfRow.applyAsDouble(row);
            float sum = 0;
            for (int i = row * cols; i < (row + 1) * cols; i++) {
                y[i] = (float) Math.exp(x[i] - shift);
                sum += (float) y[i];
            }
            for (int i = row * cols; i < (row + 1) * cols; i++) {
                y[i] = (float) y[i] / sum;
            }
        }
        return OracleTensor.of("y", y, rows, cols);
    }

    private static OracleTensor overColumns(float[] x, int rows, int cols) {
        double[] perColumn =
                SoftmaxOracle.forward(transposed(x, rows, cols), cols, rows).values();
        return mapped("y", rows, cols, i -> perColumn[(int) i % cols * rows + (int) i / cols]);
    }

    private static float[] transposed(float[] x, int rows, int cols) {
        float[] columns = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            columns[i % cols * rows + i / cols] = x[i];
        }
        return columns;
    }

    private static double largest(float[] x, int from, int count, float start) {
        float largest = start;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    private static double sum(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static OracleTensor mapped(String name, int rows, int cols, DoubleUnaryOperator valueOfIndex) {
        double[] values = new double[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = valueOfIndex.applyAsDouble(i);
        }
        return OracleTensor.of(name, values, rows, cols);
    }
}
