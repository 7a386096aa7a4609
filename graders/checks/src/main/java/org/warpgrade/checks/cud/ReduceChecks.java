package org.warpgrade.checks.cud;

import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;

import java.util.Arrays;
import java.util.Locale;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.OracleTensor;
import org.warpgrade.reference.oracle.ReduceOracle;
import org.warpgrade.reference.oracle.ReduceOracle.Op;

/** Reductions over any axis: values, order, special values, accuracy, determinism. */
@ChecksFor("cuda-reduce")
class ReduceChecks {

    private static final int[] RAGGED = {1, 2, 3, 31, 32, 33, 63, 255, 257, 1000, 1025, 4097};

    private static final int LONG = 1 << 20;

    /** One call in the terms of the assignment. */
    record Case(Op op, float[] x, int outer, int n, int inner) {

        static Case normal(Inputs inputs, Op op, int outer, int n, int inner) {
            return new Case(op, inputs.normals(outer * n * inner), outer, n, inner);
        }

        String label() {
            return op.name().toLowerCase(Locale.ROOT) + " outer=" + outer + " n=" + n + " inner=" + inner;
        }

        OracleTensor expected() {
            return ReduceOracle.reduce(op, x, outer, n, inner);
        }

        Tolerance tolerance() {
            return op == Op.MAX ? Tolerance.exact() : Tolerance.sum(n);
        }
    }

    private record Done(Run run, DeviceBuffer result) {}

    /** The operation's name stands in the family, so that a student is told which of the five is wrong. */
    private static Done run(Bench bench, String family, Case c) {
        boolean index = c.op == Op.ARGMAX;
        DeviceBuffer result =
                DeviceBuffer.output(index ? "idx" : "y", index ? ElementType.I32 : ElementType.F32, c.outer, c.inner);
        Run run = bench.run(
                nameOf(c.op) + ", " + family,
                c.label(),
                Call.of(
                        "reduce",
                        i32(c.op.ordinal()),
                        pointer(DeviceBuffer.floats("x", Access.IN, c.x, c.outer, c.n, c.inner)),
                        index ? nullPointer() : pointer(result),
                        index ? pointer(result) : nullPointer(),
                        i32(c.outer),
                        i32(c.n),
                        i32(c.inner)));
        return new Done(run, result);
    }

    private static void check(Bench bench, String family, Case c) {
        Done done = run(bench, family, c);
        if (c.op == Op.ARGMAX) {
            int[] expected = ReduceOracle.argmax(c.x, c.outer, c.n, c.inner);
            done.run.assertThat(done.result).isEqualTo(expected, ReduceMistakes.of(c));
        } else {
            done.run.assertThat(done.result).isCloseTo(c.expected(), c.tolerance(), ReduceMistakes.of(c));
        }
    }

    private static String nameOf(Op op) {
        return switch (op) {
            case SUM -> "sum";
            case MAX -> "max";
            case ARGMAX -> "argmax";
            case MEAN -> "mean";
            case NORM -> "L2 norm";
        };
    }

    @GradedCheck("P1")
    void the_sums_of_the_handout(Bench bench) {
        float[] x = {1, 2, 3, 4, 5, 6};
        check(bench, "worked example", new Case(Op.SUM, x, 2, 3, 1));
        check(bench, "worked example", new Case(Op.SUM, x, 1, 2, 3));
    }

    @GradedCheck("P2")
    void the_other_operations_on_the_same_rows(Bench bench) {
        float[] x = {1, 2, 3, 4, 5, 6};
        for (Op op : new Op[] {Op.MAX, Op.ARGMAX, Op.MEAN, Op.NORM}) {
            check(bench, "worked example", new Case(op, x, 2, 3, 1));
        }
    }

    @GradedCheck("H1a")
    void sums_of_rows_of_any_length(Bench bench) {
        rows(bench, Op.SUM, Op.MEAN, Op.NORM);
    }

    @GradedCheck("H1b")
    void maxima_of_rows_of_any_length(Bench bench) {
        rows(bench, Op.MAX, Op.ARGMAX);
    }

    private static void rows(Bench bench, Op... ops) {
        for (Op op : ops) {
            Inputs inputs = bench.inputs(op.name());
            for (int n : RAGGED) {
                check(bench, "rows", Case.normal(inputs, op, 3, n, 1));
            }
            check(bench, "a single row", Case.normal(inputs, op, 1, 10_007, 1));
            check(bench, "many short rows", Case.normal(inputs, op, 1000, 5, 1));
        }
    }

    @GradedCheck("H1c")
    void an_axis_in_the_middle(Bench bench) {
        int[][] extents = {{1, 2, 33}, {2, 33, 33}, {3, 257, 31}, {5, 7, 255}, {1, 1000, 2}, {2, 1025, 3}, {33, 3, 32}};
        for (Op op : Op.values()) {
            Inputs inputs = bench.inputs(op.name());
            for (int[] e : extents) {
                check(bench, "axis in the middle", Case.normal(inputs, op, e[0], e[1], e[2]));
            }
        }
    }

    @GradedCheck("H2")
    void one_element_negative_values_and_minus_infinity(Bench bench) {
        Inputs inputs = bench.inputs("values");
        for (Op op : Op.values()) {
            check(bench, "one element", Case.normal(inputs, op, 5, 1, 1));
            check(bench, "one element", Case.normal(inputs, op, 3, 1, 33));
            check(bench, "negative values", new Case(op, inputs.uniforms(2 * 300, -9, -1), 2, 300, 1));
            check(bench, "negative values", new Case(op, inputs.uniforms(2 * 40 * 3, -9, -1), 2, 40, 3));
            float[] nothing = new float[2 * 300];
            Arrays.fill(nothing, Float.NEGATIVE_INFINITY);
            check(bench, "minus infinity", new Case(op, nothing, 2, 300, 1));
            check(bench, "minus infinity", new Case(op, nothing, 2, 100, 3));
        }
    }

    @GradedCheck("H3")
    void ties_and_nan(Bench bench) {
        Inputs inputs = bench.inputs("ties");
        for (int inner : new int[] {1, 5}) {
            for (int n : new int[] {33, 1025, 9000 / inner}) {
                check(bench, "ties", new Case(Op.ARGMAX, tied(inputs, 2, n, inner), 2, n, inner));
                check(bench, "ties", new Case(Op.MAX, tied(inputs, 2, n, inner), 2, n, inner));
                for (Op op : Op.values()) {
                    check(bench, "NaN", new Case(op, withNan(inputs, 4, n, inner), 4, n, inner));
                }
            }
        }
    }

    /** The largest value of every column stands at three or more places far apart. */
    private static float[] tied(Inputs inputs, int outer, int n, int inner) {
        float[] x = inputs.uniforms(outer * n * inner, -3, 3);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int first = inputs.below(n / 3);
                int second = n / 3 + inputs.below(n / 3);
                for (int k : new int[] {first, second, n - 1 - inputs.below(n / 3), first + 1}) {
                    x[(o * n + k) * inner + i] = 4 + o;
                }
            }
        }
        return x;
    }

    /** Every other row has two NaN, in the first and in the second half; the last row has infinities as well. */
    private static float[] withNan(Inputs inputs, int outer, int n, int inner) {
        float[] x = inputs.normals(outer * n * inner);
        for (int o = 1; o < outer; o += 2) {
            for (int i = 0; i < inner; i++) {
                x[(o * n + inputs.below(n / 2)) * inner + i] = Float.NaN;
                x[(o * n + n / 2 + inputs.below(n / 2)) * inner + i] = Float.NaN;
            }
        }
        for (int i = 0; i < inner; i++) {
            int k = inputs.below(n);
            int at = ((outer - 1) * n + k) * inner + i;
            x[at] = Float.isNaN(x[at]) ? x[at] : Float.POSITIVE_INFINITY;
        }
        return x;
    }

    @GradedCheck("H4")
    void very_long_sums_are_accurate(Bench bench) {
        float[] tenths = new float[LONG];
        Arrays.fill(tenths, 0.1f);
        check(bench, "a million summands", new Case(Op.SUM, tenths, 1, LONG, 1));

        float[] alternating = new float[LONG];
        for (int k = 0; k < LONG; k++) {
            alternating[k] = k % 2 == 0 ? 1e8f : -1e8f;
        }
        check(bench, "alternating summands", new Case(Op.SUM, alternating, 1, LONG, 1));
    }

    @GradedCheck("H5")
    void the_norm_of_huge_values_does_not_overflow(Bench bench) {
        Inputs inputs = bench.inputs("huge");
        for (int n : new int[] {1, 33, 1025, 4097}) {
            float[] x = inputs.uniforms(2 * n, 0.5f, 2f);
            for (int k = 0; k < x.length; k++) {
                x[k] *= k % 2 == 0 ? 1e20f : -1e20f;
            }
            check(bench, "huge values", new Case(Op.NORM, x, 2, n, 1));
        }
    }

    @GradedCheck("H6")
    void every_run_gives_the_same_bits(Bench bench) {
        Inputs inputs = bench.inputs("again");
        for (Op op : new Op[] {Op.SUM, Op.MEAN, Op.NORM}) {
            for (int inner : new int[] {1, 3}) {
                Case c = Case.normal(inputs, op, 2, 30_011 / inner, inner);
                Done first = run(bench, "run again", c);
                Done second = run(bench, "run again", c);
                first.run.assertThat(first.result).isCloseTo(c.expected(), c.tolerance(), ReduceMistakes.of(c));
                second.run
                        .assertThat(second.result)
                        .hasSameBitsAs(
                                new DeviceTensor("y", new int[] {2, inner}, first.run.floats(first.result)),
                                "a second run gives the same bits",
                                "第二次运行的结果逐位相同");
            }
        }
    }

    @GradedCheck("H7")
    void the_order_of_the_elements_does_not_matter(Bench bench) {
        Inputs inputs = bench.inputs("order");
        for (int inner : new int[] {1, 33}) {
            for (int n : new int[] {33, 1000}) {
                Case c = Case.normal(inputs, Op.SUM, 2, n, inner);
                int[] order = inputs.permutation(n);
                float[] permuted = new float[c.x.length];
                for (int at = 0; at < permuted.length; at++) {
                    int o = at / inner / n;
                    int k = at / inner % n;
                    permuted[at] = c.x[(o * n + order[k]) * inner + at % inner];
                }
                Done straight = run(bench, "permuted", c);
                Done shuffled = run(bench, "permuted", new Case(Op.SUM, permuted, 2, n, inner));
                OracleTensor expected = c.expected();
                straight.run.assertThat(straight.result).isCloseTo(expected, c.tolerance(), ReduceMistakes.of(c));
                double[] bounds = new double[2 * inner];
                Arrays.setAll(bounds, i -> c.tolerance().bound(expected, i));
                shuffled.run
                        .assertThat(shuffled.result)
                        .isCloseToRun(
                                new DeviceTensor("y", new int[] {2, inner}, straight.run.floats(straight.result)),
                                Tolerance.ofTwoRuns(bounds, bounds),
                                "a permuted column has the same sum",
                                "打乱次序的一列有相同的和");
            }
        }
    }
}
