package org.warpgrade.checks.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.warpgrade.checks.ops.LayerNormCase.Outputs;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.OracleTensor;

@ChecksFor("op-layernorm")
class LayerNormChecks {

    private static final float PYTORCH = 1e-5f;
    private static final float BERT = 1e-12f;

    @GradedCheck("P1")
    void the_row_one_to_four(Bench bench) {
        float[] one = {1, 1, 1, 1};
        new LayerNormCase(new float[] {1, 2, 3, 4}, one, new float[4], 1, 4, PYTORCH).verify(bench, "worked example");
    }

    @GradedCheck("P2")
    void two_rows_with_gain_and_bias(Bench bench) {
        new LayerNormCase(new float[] {0, 2, 5, 3}, new float[] {2, 4}, new float[] {10, 20}, 2, 2, 3)
                .verify(bench, "worked example");
    }

    @GradedCheck("H1a")
    void ragged_rows_and_columns(Bench bench) {
        // First a width at which every usual mistake shows and can be told from the others.
        for (int cols : new int[] {1000, 1, 2, 3, 31, 32, 33, 255, 256, 257, 1023, 1024, 1025, 2052}) {
            LayerNormCase.normal(bench, "cols" + cols, 3, cols, PYTORCH).verify(bench, "ragged columns");
        }
        // On both sides of where a kernel for rows of a fixed length must give way to another one.
        for (int cols : new int[] {4095, 4096, 4097, 5000}) {
            LayerNormCase.normal(bench, "long" + cols, 2, cols, PYTORCH).verify(bench, "long rows");
        }
        // More rows than threads in a block, rows longer than a block: a step of gridDim.x for blockDim.x shows.
        LayerNormCase.normal(bench, "many long rows", 300, 261, PYTORCH).verify(bench, "ragged rows");
        for (int rows : new int[] {1, 31, 32, 33, 255, 257, 1000}) {
            LayerNormCase.normal(bench, "rows" + rows, rows, 5, PYTORCH).verify(bench, "ragged rows");
        }
    }

    @GradedCheck("H1b")
    void a_null_bias_is_no_bias(Bench bench) {
        for (int cols : new int[] {1, 64, 257, 1025}) {
            LayerNormCase with = LayerNormCase.normal(bench, "null" + cols, 3, cols, PYTORCH);
            new LayerNormCase(with.x(), with.g(), null, 3, cols, PYTORCH).verify(bench, "null bias");
        }
    }

    @GradedCheck("H2")
    void eps_stands_under_the_root(Bench bench) {
        float[] spreads = {0.3f, 1, 3, 1000}; // of a row, in units of sqrt(eps): there the place of eps matters most
        for (float eps : new float[] {BERT, PYTORCH}) {
            for (int cols : new int[] {33, 768}) {
                float[] x = bench.inputs("x " + eps + cols).normals(spreads.length * cols);
                for (int i = 0; i < x.length; i++) {
                    x[i] *= spreads[i / cols] * (float) Math.sqrt(eps);
                }
                LayerNormCase.of(bench, "near eps " + eps + cols, x, spreads.length, cols, eps)
                        .verify(bench, "variance near eps");
            }
        }
    }

    /**
     * Values near 1e4 in pairs around it, on a grid on which sums, deviations and their squares are exact in float in any
     * order, so that only the way the variance is taken decides.
     */
    @GradedCheck("H3")
    void a_large_mean_with_a_small_spread(Bench bench) {
        for (int cols : new int[] {33, 100, 200, 1025}) {
            float grid = cols > 200 ? 1 : 0.125f;
            int steps = cols > 200 ? 3 : 14; // a spread of about 1 for both grids
            Inputs values = bench.inputs("x" + cols);
            float[] x = new float[3 * cols];
            for (int row = 0; row < 3; row++) {
                int[] order = values.permutation(cols);
                float centre = row == 1 ? -10_000 : 10_000;
                for (int c = 0; c < cols; c++) {
                    float deviation = c % 2 == 0 && c < cols - 1 ? grid * values.between(1, steps) : 0;
                    x[row * cols + order[c]] =
                            c % 2 == 0 ? centre + deviation : 2 * centre - x[row * cols + order[c - 1]];
                }
            }
            LayerNormCase at = LayerNormCase.of(bench, "offset" + cols, x, 3, cols, PYTORCH);
            Outputs outputs = at.run(bench, "large mean, small spread");
            List<Hypothesis> known = new ArrayList<>(at.rstdHypotheses());
            known.add(Hypothesis.of(
                    "the means are right, but rstd is not where the mean is large against the spread: E[x^2] - E[x]^2 "
                            + "cancels all digits in float; take the mean off first, then square",
                    "均值正确，但在均值远大于离散程度的行上 rstd 不对：float 下 E[x^2] - E[x]^2 会把有效位全部抵消；先减均值，再平方",
                    () -> asWritten(outputs)));
            at.verify(outputs, known);
        }
    }

    @GradedCheck("H4")
    void constant_rows_give_the_bias(Bench bench) {
        float[] constants = {7, 0, -3, 0.5f, 12};
        for (int cols : new int[] {1, 33, 256, 1025, 4100}) {
            float[] x = new float[constants.length * cols];
            for (int i = 0; i < x.length; i++) {
                x[i] = constants[i / cols];
            }
            LayerNormCase.of(bench, "constant" + cols, x, constants.length, cols, PYTORCH)
                    .verify(bench, "constant rows");
            LayerNormCase.of(bench, "zero" + cols, new float[2 * cols], 2, cols, BERT)
                    .verify(bench, "constant rows");
        }
    }

    @GradedCheck("H5")
    void very_large_and_very_small_numbers(Bench bench) {
        for (float magnitude : new float[] {1e15f, 1e-15f}) {
            for (int cols : new int[] {33, 257}) {
                float[] x = bench.inputs("x " + magnitude + cols).normals(3 * cols);
                for (int i = 0; i < x.length; i++) {
                    x[i] = (x[i] + 0.25f * (i / cols)) * magnitude;
                }
                LayerNormCase.of(bench, "magnitude " + magnitude + cols, x, 3, cols, 0)
                        .verify(bench, magnitude > 1 ? "very large numbers" : "very small numbers");
            }
        }
    }

    @GradedCheck("H6")
    void a_row_does_not_depend_on_the_batch(Bench bench) {
        for (int cols : new int[] {33, 200, 1025}) {
            LayerNormCase batch = LayerNormCase.normal(bench, "batch" + cols, 6, cols, PYTORCH);
            Outputs together = batch.run(bench, "rows of a batch");
            for (int row : new int[] {0, 3, 5}) {
                float[] alone = Arrays.copyOfRange(batch.x(), row * cols, (row + 1) * cols);
                new LayerNormCase(alone, batch.g(), batch.b(), 1, cols, PYTORCH)
                        .run(bench, "one row alone")
                        .haveSameBitsAs(
                                together.rows(row, row + 1),
                                "a row computed alone equals the same row inside a batch, bit for bit",
                                "单独计算的一行与它在批中的结果逐位相同");
            }
            batch.x()[2 * cols + cols / 2] = Float.NaN;
            batch.verify(bench, "a NaN in one row");
        }
    }

    @GradedCheck("H7")
    void shifting_and_scaling_a_row_changes_nothing(Bench bench) {
        float[][] maps = {{1, 16}, {4, 0}, {3, -5}, {0.5f, 3}}; // x -> a x + c, exact on the grid below
        for (int cols : new int[] {33, 257}) {
            int[] steps = bench.inputs("x" + cols).integers(3 * cols, -256, 256);
            float[] x = new float[steps.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = steps[i] / 64f;
            }
            LayerNormCase plain = LayerNormCase.of(bench, "invariance" + cols, x, 3, cols, 0);
            DeviceTensor reference = plain.run(bench, "as drawn").rows(0, 3).getFirst();
            for (float[] map : maps) {
                float[] mapped = new float[x.length];
                for (int i = 0; i < x.length; i++) {
                    mapped[i] = map[0] * x[i] + map[1];
                }
                LayerNormCase moved = new LayerNormCase(mapped, plain.g(), plain.b(), 3, cols, 0);
                Outputs outputs =
                        moved.run(bench, map[0] == 1 ? "shifted" : map[1] == 0 ? "scaled" : "shifted and scaled");
                outputs.run()
                        .assertThat(outputs.y())
                        .isCloseToRun(
                                reference,
                                Tolerance.ofTwoRuns(plain.yBounds(), moved.yBounds()),
                                "with eps = 0, LN(a x + c) equals LN(x) for a > 0",
                                "eps = 0 且 a > 0 时，LN(a x + c) 等于 LN(x)");
            }
        }
    }

    @GradedCheck("H8")
    void padding_rows_change_nothing(Bench bench) {
        for (int cols : new int[] {33, 257, 1025}) {
            LayerNormCase tokens = LayerNormCase.normal(bench, "tokens" + cols, 5, cols, BERT);
            for (float pad : new float[] {0, 1e6f, Float.NaN}) {
                float[] padded = Arrays.copyOf(tokens.x(), 9 * cols);
                Arrays.fill(padded, 5 * cols, 9 * cols, pad);
                List<DeviceTensor> kept = new LayerNormCase(padded, tokens.g(), tokens.b(), 9, cols, BERT)
                        .run(bench, "with padding rows")
                        .rows(0, 5);
                tokens.run(bench, "without padding rows")
                        .haveSameBitsAs(
                                kept,
                                "padding rows appended to the batch leave the tokens' results unchanged, bit for bit",
                                "在批后追加补齐行，不改变各 token 的结果（逐位相同）");
            }
        }
    }

    private static OracleTensor asWritten(Outputs outputs) {
        float[] written = outputs.run().floats(outputs.rstd());
        double[] values = new double[written.length];
        Arrays.setAll(values, row -> written[row]);
        return OracleTensor.of("rstd", values, values.length);
    }
}
