package org.warpgrade.checks.ops;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.ElementType.F32;

import java.util.Arrays;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.SoftmaxOracle;

/** The checks of {@code op-softmax} (curriculum, track OPS; rulings C15.5 and C15.6). */
@ChecksFor("op-softmax")
class SoftmaxChecks {

    private static final float INF = Float.POSITIVE_INFINITY;

    /** ELEM(1e-7, 1e-5) of the curriculum entry. */
    private static final Tolerance FORWARD = Tolerance.elem(1e-7, 1e-5);

    /** Between two runs, each of which may be off by that. */
    private static final Tolerance TWO_FORWARD = Tolerance.elem(2e-7, 2e-5);

    /** One forward run with everything needed to judge it. */
    /** One more than 8, the rows of a block with a warp of 32 for each row, and no multiple of 2 or 4 either. */
    private static final int RAGGED_ROWS = 9;

    private record Forward(float[] x, int rows, int cols, DeviceBuffer y, Run run) {

        float[] values() {
            return run.floats(y);
        }

        void matchesTheOracle() {
            run.assertThat(y)
                    .isCloseTo(SoftmaxOracle.forward(x, rows, cols), FORWARD, SoftmaxMistakes.forward(x, rows, cols));
        }
    }

    @GradedCheck("P1")
    void softmax_of_one_two_three(Bench bench) {
        forward(bench, "worked example", new float[] {1, 2, 3}, 1, 3).matchesTheOracle();
    }

    @GradedCheck("P2")
    void gradient_of_one_probability(Bench bench) {
        backwardMatches(
                bench,
                "worked example",
                new float[] {0.09003057f, 0.24472847f, 0.66524096f},
                new float[] {1, 0, 0},
                1,
                3);
    }

    @GradedCheck("H1a")
    void ragged_row_lengths(Bench bench) {
        // a telling size first: what a mistake does to a row of one says little about the mistake
        for (int cols : new int[] {31, 1, 2, 3, 32, 33, 63, 127, 255, 257, 600, 1000}) {
            float[] x = sparse(bench.inputs("cols" + cols), RAGGED_ROWS, cols, 250);
            forward(bench, "ragged columns", x, RAGGED_ROWS, cols).matchesTheOracle();
        }
    }

    @GradedCheck("H1b")
    void any_number_of_rows(Bench bench) {
        for (int rows : new int[] {1, 31, 32, 33, 255, 257, 1000}) {
            float[] x = bench.inputs("rows" + rows).normals(rows * 7);
            forward(bench, "ragged rows", x, rows, 7).matchesTheOracle();
        }
        // More rows than threads in a block, rows longer than a block: a step of gridDim.x for blockDim.x shows.
        float[] x = sparse(bench.inputs("many long rows"), 300, 261, 60);
        forward(bench, "ragged rows", x, 300, 261).matchesTheOracle();
    }

    @GradedCheck("H1c")
    void rows_longer_than_a_block(Bench bench) {
        // On both sides of where a kernel for rows of a fixed length must give way to another one.
        for (int cols : new int[] {1024, 1023, 1025, 2050, 4095, 4096, 4097}) {
            float[] x = sparse(bench.inputs("long" + cols), 3, cols, 250);
            forward(bench, "long rows", x, 3, cols).matchesTheOracle();
        }
        for (int cols : new int[] {16_383, 16_384}) {
            forward(bench, "long rows", sparse(bench.inputs("vocabulary" + cols), 1, cols, 250), 1, cols)
                    .matchesTheOracle();
        }
        float[] x = sparse(bench.inputs("vocabulary"), 2, 20_000, 250);
        x[20_000 + bench.inputs("peak").between(1, 19_999)] =
                500; // exp overflows unless this is found to be the maximum
        forward(bench, "long rows", x, 2, 20_000).matchesTheOracle();
    }

    /**
     * All but about {@code kept} logits of a row are so small that their exponentials are 0: adding up thousands of floats
     * one by one takes a good part of the tolerance, and how they are added up is not the question here.
     */
    private static float[] sparse(Inputs inputs, int rows, int cols, int kept) {
        float[] x = inputs.normals(rows * cols);
        int apart = Math.max(1, cols / kept);
        for (int i = 0; i < x.length; i++) {
            x[i] = inputs.below(apart) == 0 ? x[i] : x[i] - 200;
        }
        return x;
    }

    @GradedCheck("H2")
    void extreme_logits(Bench bench) {
        for (int cols : new int[] {37, 2, 1025}) {
            int rows = 9;
            Inputs inputs = bench.inputs("extreme" + cols);
            float[] x = inputs.uniforms(rows * cols, -1, 1);
            addTo(x, 0, cols, 1e4f);
            addTo(x, 1, cols, -1e4f);
            fill(x, 2, cols, inputs.uniforms(cols, -1e4f, 1e4f));
            fill(x, 3, cols, inputs.uniforms(cols, 80, 88.8f));
            fill(x, 4, cols, inputs.uniforms(cols, -88.8f, 88.8f));
            addTo(x, 5, cols, 88.8f);
            Arrays.fill(x, 6 * cols, 7 * cols, 3.25f);
            x[7 * cols + cols / 2] = 60;
            fill(x, 8, cols, inputs.uniforms(cols, -1e-39f, 1e-39f));
            forward(bench, "extreme values", x, rows, cols).matchesTheOracle();
        }
        // The largest logit of a row wherever it may be: a maximum that leaves out a thread's or a warp's share
        // overflows.
        for (int cols : new int[] {520, 2056}) {
            int apart = cols / 65;
            int rows = 65;
            float[] x = bench.inputs("outliers" + cols).normals(rows * cols);
            for (int row = 0; row < rows; row++) {
                x[row * cols + row * apart + row % apart] = 500;
            }
            forward(bench, "extreme values", x, rows, cols).matchesTheOracle();
        }
    }

    @GradedCheck("H3")
    void infinities_and_nan(Bench bench) {
        for (int cols : new int[] {5, 33, 1025}) {
            int rows = 9;
            float[] x = bench.inputs("special" + cols).normals(rows * cols);
            for (int c = 0; c < cols; c += 2) {
                x[cols + c] = -INF;
            }
            Arrays.fill(x, 2 * cols, 3 * cols, -INF);
            x[3 * cols + cols - 1] = INF;
            x[5 * cols + cols / 2] = Float.NaN;
            Arrays.fill(x, 6 * cols, 7 * cols, Float.NaN);
            Arrays.fill(x, 7 * cols, 8 * cols - 1, -INF);
            Forward result = forward(bench, "special values", x, rows, cols);
            result.matchesTheOracle();
            float[] y = result.values();
            for (int c = 0; c < cols; c += 2) {
                if (y[cols + c] != 0) {
                    throw bench.failure(
                            "A logit of -inf must get probability exactly 0, not a small number.",
                            "logit 为 -inf 时概率必须恰好为 0，而不是一个很小的数。");
                }
            }
        }
    }

    @GradedCheck("H4")
    void adding_a_constant_changes_nothing(Bench bench) {
        for (int cols : new int[] {3, 33, 300}) {
            float[] x = grid(bench.inputs("shift" + cols), 4 * cols);
            Forward plain = forward(bench, "metamorphic: shift", x, 4, cols);
            plain.matchesTheOracle();
            for (float shift : new float[] {1000, -1000}) {
                float[] moved = x.clone();
                for (int i = 0; i < moved.length; i++) {
                    moved[i] += shift;
                }
                Forward other = forward(bench, "metamorphic: shift", moved, 4, cols);
                other.run()
                        .assertThat(other.y())
                        .isCloseToRun(
                                tensor(plain),
                                TWO_FORWARD,
                                "softmax(x + c) must equal softmax(x): subtract the row's maximum",
                                "softmax(x + c) 必须等于 softmax(x)：减去该行最大值");
            }
        }
    }

    @GradedCheck("H5")
    void rows_sum_to_one(Bench bench) {
        for (int cols : new int[] {1, 2, 31, 64, 257, 4097}) {
            Inputs inputs = bench.inputs("sums" + cols);
            float[] x = inputs.uniforms(3 * cols, -9, 9);
            x[cols / 2] = 30;
            Forward result = forward(bench, "property: normalisation", x, 3, cols);
            float[] y = result.values();
            for (int row = 0; row < 3; row++) {
                double sum = sum(y, row, cols);
                // 4e-7 sqrt(cols): each quotient is off by a few 2^-24, and independent errors add like sqrt(cols)
                if (!(Math.abs(sum - 1) <= 4e-7 * Math.sqrt(cols))) {
                    throw bench.failure(
                            "A row does not sum to 1: is its denominator the sum of exactly its own exponentials,"
                                    + " without an epsilon?",
                            "有一行之和不为 1：分母是否恰好是本行指数之和，没有加 epsilon？");
                }
            }
        }
    }

    @GradedCheck("H6")
    void columns_may_be_permuted_and_rows_are_independent(Bench bench) {
        for (int cols : new int[] {5, 33, 300}) {
            Inputs inputs = bench.inputs("permute" + cols);
            int rows = 5;
            float[] x = inputs.normals((rows + 1) * cols);
            addTo(x, rows, cols, 6);
            Forward fewer = forward(bench, "metamorphic: permutation", Arrays.copyOf(x, rows * cols), rows, cols);

            Forward more = forward(bench, "metamorphic: another row", x, rows + 1, cols);
            fewer.run()
                    .assertThat(fewer.y())
                    .hasSameBitsAs(
                            new DeviceTensor("y", new int[] {rows, cols}, Arrays.copyOf(more.values(), rows * cols)),
                            "adding a row must not change the other rows",
                            "增加一行不得改变其他行");

            int[] order = inputs.permutation(cols);
            Forward permuted =
                    forward(bench, "metamorphic: permutation", permuted(fewer.x(), rows, cols, order), rows, cols);
            permuted.run()
                    .assertThat(permuted.y())
                    .isCloseToRun(
                            new DeviceTensor("y", new int[] {rows, cols}, permuted(fewer.values(), rows, cols, order)),
                            TWO_FORWARD,
                            "permuting the columns of x must permute the columns of y",
                            "置换 x 的列必须同样置换 y 的列");
        }
    }

    @GradedCheck("H7")
    void backward_rows_sum_to_zero_and_saturated_rows_are_flat(Bench bench) {
        for (int cols : new int[] {33, 2, 1025}) {
            int rows = 4;
            Inputs inputs = bench.inputs("flat" + cols);
            float[] y = probabilities(inputs.normals(rows * cols), rows, cols);
            float[] dy = inputs.normals(rows * cols);
            Arrays.fill(dy, cols, 2 * cols, 2.5f);
            Arrays.fill(y, 2 * cols, 3 * cols, 0);
            y[2 * cols + cols / 3] = 1;
            float[] dx = backwardMatches(bench, "backward: properties", y, dy, rows, cols);
            for (int c = 2 * cols; c < 3 * cols; c++) {
                if (dx[c] != 0) {
                    throw bench.failure(
                            "Where a row of y is one-hot its gradient must be exactly 0.",
                            "y 的某行为 one-hot 时，其梯度必须恰好为 0。");
                }
            }
            for (int row = 0; row < rows; row++) {
                double magnitude = 0;
                for (int i = row * cols; i < (row + 1) * cols; i++) {
                    magnitude += 2 * Math.abs((double) y[i] * dy[i]);
                }
                // the rounding of y itself makes the exact sum differ from 0 by |dot| times the error of sum y
                double bound = 1e-6 + 0x1p-22 * (4 + Math.sqrt(cols)) * magnitude;
                if (!(Math.abs(sum(dx, row, cols)) <= bound)) {
                    throw bench.failure(
                            "A row of dx does not sum to 0: moving all logits together must change nothing.",
                            "dx 有一行之和不为 0：所有 logits 一起移动时结果不应改变。");
                }
            }
        }
    }

    @GradedCheck("H8a")
    void backward_against_the_formula(Bench bench) {
        for (int cols : new int[] {31, 1, 2, 33, 255, 1000, 1023, 1025, 4095, 4096, 4097}) {
            Inputs inputs = bench.inputs("backward" + cols);
            float[] y = probabilities(inputs.uniforms(RAGGED_ROWS * cols, -4, 4), RAGGED_ROWS, cols);
            float[] dy = inputs.uniforms(RAGGED_ROWS * cols, -20, 20);
            backwardMatches(bench, "backward: ragged columns", y, dy, RAGGED_ROWS, cols);
        }
        int[][] shapes = {{257, 7}, {300, 261}};
        for (int[] shape : shapes) {
            int size = shape[0] * shape[1];
            Inputs inputs = bench.inputs("backward rows" + size);
            float[] y = probabilities(inputs.normals(size), shape[0], shape[1]);
            backwardMatches(bench, "backward: ragged rows", y, inputs.normals(size), shape[0], shape[1]);
        }
    }

    /**
     * Differences of the submission's own forward: row 2i of one batch is x + h e_i, row 2i + 1 is x - h e_i. With h =
     * 2^-6 the truncation is below h^2 / 6 and the rounding of y (a few 1e-7) over 2h below 2e-5, both in units of
     * max |dy|.
     */
    @GradedCheck("H8b")
    void backward_against_differences_of_the_own_forward(Bench bench) {
        float h = 0x1p-6f;
        for (int cols : new int[] {4, 9, 33}) {
            Inputs inputs = bench.inputs("differences" + cols);
            float[] x = grid(inputs, cols);
            for (int i = 0; i < cols; i++) {
                x[i] /= 4;
            }
            float[] dy = inputs.normals(cols);
            float[] moved = new float[2 * cols * cols];
            for (int i = 0; i < cols; i++) {
                fill(moved, 2 * i, cols, x);
                fill(moved, 2 * i + 1, cols, x);
                moved[2 * i * cols + i] += h;
                moved[(2 * i + 1) * cols + i] -= h;
            }
            float[] losses = forward(bench, "metamorphic: central differences", moved, 2 * cols, cols)
                    .values();
            float[] slopes = new float[cols];
            double largest = 0;
            for (int i = 0; i < cols; i++) {
                slopes[i] = (float) ((dot(losses, 2 * i, dy) - dot(losses, 2 * i + 1, dy)) / (2 * h));
                largest = Math.max(largest, Math.abs(dy[i]));
            }
            float[] y = forward(bench, "metamorphic: central differences", x, 1, cols)
                    .values();
            DeviceBuffer dx = DeviceBuffer.output("dx", F32, 1, cols);
            double[] bounds = new double[cols];
            Arrays.fill(bounds, 5e-4 * largest);
            backward(bench, "metamorphic: central differences", y, dy, dx, 1, cols)
                    .assertThat(dx)
                    .isCloseToRun(
                            new DeviceTensor("dx", new int[] {1, cols}, slopes),
                            Tolerance.perElement(bounds, "|dx - slope| <= 5e-4 max|dy|"),
                            "dx must be the slope of your own softmax: (L(x + h) - L(x - h)) / 2h with L = sum of y dy",
                            "dx 必须是你自己的 softmax 的斜率：(L(x + h) - L(x - h)) / 2h，其中 L = y dy 之和");
        }
    }

    private static Forward forward(Bench bench, String family, float[] x, int rows, int cols) {
        DeviceBuffer in = DeviceBuffer.floats("x", IN, x, rows, cols);
        DeviceBuffer y = DeviceBuffer.output("y", F32, rows, cols);
        Run run = bench.run(
                family,
                "softmax rows=" + rows + " cols=" + cols,
                Call.of("softmax", pointer(in), pointer(y), i32(rows), i32(cols)));
        return new Forward(x, rows, cols, y, run);
    }

    private static Run backward(
            Bench bench, String family, float[] y, float[] dy, DeviceBuffer dx, int rows, int cols) {
        DeviceBuffer output = DeviceBuffer.floats("y", IN, y, rows, cols);
        DeviceBuffer gradient = DeviceBuffer.floats("dy", IN, dy, rows, cols);
        return bench.run(
                family,
                "softmax_backward rows=" + rows + " cols=" + cols,
                Call.of("softmax_backward", pointer(output), pointer(gradient), pointer(dx), i32(rows), i32(cols)));
    }

    private static float[] backwardMatches(Bench bench, String family, float[] y, float[] dy, int rows, int cols) {
        DeviceBuffer dx = DeviceBuffer.output("dx", F32, rows, cols);
        Run run = backward(bench, family, y, dy, dx, rows, cols);
        run.assertThat(dx)
                .isCloseTo(
                        SoftmaxOracle.backward(y, dy, rows, cols),
                        Tolerance.sum(cols),
                        SoftmaxMistakes.backward(y, dy, rows, cols));
        return run.floats(dx);
    }

    private static DeviceTensor tensor(Forward forward) {
        return new DeviceTensor("y", new int[] {forward.rows(), forward.cols()}, forward.values());
    }

    /** Softmax in double, rounded to float: the y that a backward pass is given. */
    private static float[] probabilities(float[] x, int rows, int cols) {
        double[] exact = SoftmaxOracle.forward(x, rows, cols).values();
        float[] y = new float[exact.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) exact[i];
        }
        return y;
    }

    /** Distinct-looking values on a grid of 2^-13 with |x| <= 8: adding 1000 is exact (C15.5). */
    private static float[] grid(Inputs inputs, int count) {
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = inputs.between(-65536, 65536) * 0x1p-13f;
        }
        return x;
    }

    private static float[] permuted(float[] values, int rows, int cols, int[] order) {
        float[] moved = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < cols; c++) {
                moved[row * cols + c] = values[row * cols + order[c]];
            }
        }
        return moved;
    }

    private static void addTo(float[] x, int row, int cols, float constant) {
        for (int i = row * cols; i < (row + 1) * cols; i++) {
            x[i] += constant;
        }
    }

    private static void fill(float[] x, int row, int cols, float[] values) {
        System.arraycopy(values, 0, x, row * cols, cols);
    }

    private static double sum(float[] values, int row, int cols) {
        double sum = 0;
        for (int i = row * cols; i < (row + 1) * cols; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** The loss of one row of a [n][dy.length] matrix. */
    private static double dot(float[] y, int row, float[] dy) {
        double sum = 0;
        for (int c = 0; c < dy.length; c++) {
            sum += (double) y[row * dy.length + c] * dy[c];
        }
        return sum;
    }
}
