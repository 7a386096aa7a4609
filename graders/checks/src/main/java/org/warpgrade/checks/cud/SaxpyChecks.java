package org.warpgrade.checks.cud;

import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.util.Arrays;
import java.util.stream.Stream;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.OracleTensor;
import org.warpgrade.reference.oracle.SaxpyOracle;

/** {@code y += a x} with BLAS increments. */
@ChecksFor("cuda-saxpy")
class SaxpyChecks {

    /** A size with a ragged warp and a ragged block comes first: its errors have the most to tell. */
    private static final int[] RAGGED = {1000, 1, 2, 3, 31, 32, 33, 255, 256, 257, 1025, 4097};

    /** Long enough that a grid capped at any usual size does not cover it with one element per thread. */
    private static final int LONG = 1 << 22;

    /** A vector on which sharing the work is measured: small enough to be cheap, large enough to tell. */
    private static final int SHARED = 1 << 18;

    /** One call in the terms of the assignment. */
    private record Case(float a, float[] x, int incx, float[] y, int incy, int n) {

        static Case of(Inputs inputs, float a, int incx, int incy, int n) {
            float[] x = inputs.normals(span(n, incx));
            float[] y = inputs.normals(span(n, incy));
            return new Case(a, x, incx, y, incy, n);
        }

        /** The floats between the first and the last element, both included; at least one. */
        static int span(int n, int inc) {
            return 1 + Math.max(0, n - 1) * Math.abs(inc);
        }

        String label() {
            return "n=" + n + " incx=" + incx + " incy=" + incy + " a=" + a;
        }

        OracleTensor expected() {
            return SaxpyOracle.saxpy(a, x, incx, y, incy, n);
        }

        Tolerance tolerance(OracleTensor expected) {
            return Tolerance.perElement(
                    SaxpyOracle.bounds(expected, incy, n),
                    "|y-o| <= 2^-23 (|a x| + |y|), o the nearest float; gaps exact");
        }
    }

    private record Done(Run run, DeviceBuffer y) {}

    private static Done run(Bench bench, String family, Case c) {
        DeviceBuffer x = DeviceBuffer.floats("x", Access.IN, c.x);
        DeviceBuffer y = DeviceBuffer.floats("y", Access.INOUT, c.y);
        Run run = bench.run(
                family,
                c.label(),
                Call.of("saxpy", f32(c.a), pointer(x), i32(c.incx), pointer(y), i32(c.incy), i32(c.n)));
        return new Done(run, y);
    }

    private static void check(Bench bench, String family, Case c, Hypothesis... more) {
        Done done = run(bench, family, c);
        OracleTensor expected = c.expected();
        Hypothesis[] hypotheses =
                Stream.of(more, usualMistakes(c)).flatMap(Arrays::stream).toArray(Hypothesis[]::new);
        done.run.assertThat(done.y).isCloseTo(expected, c.tolerance(expected), hypotheses);
    }

    private static Hypothesis[] usualMistakes(Case c) {
        return new Hypothesis[] {
            Hypothesis.of(
                    "y is unchanged: is the kernel launched, and does it store to y?",
                    "y 没有变化：kernel 启动了吗？有没有写入 y？",
                    () -> SaxpyOracle.saxpy(0, new float[c.x.length], c.incx, c.y, c.incy, c.n)),
            Hypothesis.of(
                    "y holds a x alone: the old y has to be added, y += a x",
                    "y 里只有 a x：还要加上原来的 y，即 y += a x",
                    () -> SaxpyOracle.saxpy(c.a, c.x, c.incx, cleared(c), c.incy, c.n)),
            Hypothesis.of(
                    "y holds x + y: the factor a is not used",
                    "y 里是 x + y：没有乘系数 a",
                    () -> SaxpyOracle.saxpy(1, c.x, c.incx, c.y, c.incy, c.n)),
            Hypothesis.of(
                    "y is a copy of x", "y 成了 x 的拷贝", () -> SaxpyOracle.saxpy(1, c.x, c.incx, cleared(c), c.incy, c.n)),
            Hypothesis.of(
                    "y is 0: the result is not stored, or is multiplied away",
                    "y 是 0：结果没有写入，或被乘成了 0",
                    () -> SaxpyOracle.saxpy(0, new float[c.x.length], c.incx, cleared(c), c.incy, c.n)),
            Hypothesis.of(
                    "the result is the one for |a|: the sign of a is lost",
                    "结果对应的是 |a|：a 的符号丢了",
                    () -> SaxpyOracle.saxpy(Math.abs(c.a), c.x, c.incx, c.y, c.incy, c.n))
        };
    }

    /** y with its elements, but not its gaps, set to 0. */
    private static float[] cleared(Case c) {
        float[] y = c.y.clone();
        for (int i = 0; i < c.n; i++) {
            y[SaxpyOracle.index(i, c.n, c.incy)] = 0;
        }
        return y;
    }

    @GradedCheck("P1")
    void the_worked_example(Bench bench) {
        check(bench, "worked example", new Case(2, new float[] {1, 2, 3, 4}, 1, new float[] {10, 20, 30, 40}, 1, 4));
    }

    @GradedCheck("H1")
    void any_number_of_elements(Bench bench) {
        Inputs inputs = bench.inputs("ragged");
        for (int n : RAGGED) {
            check(bench, "ragged sizes", Case.of(inputs, inputs.uniform(-3, -1), 1, 1, n));
        }
        check(bench, "no elements", new Case(1.5f, inputs.normals(4), 1, inputs.normals(4), 1, 0));
    }

    @GradedCheck("H2")
    void positive_increments_leave_gaps_alone(Bench bench) {
        Inputs inputs = bench.inputs("gaps");
        // The last one is for loops that go on after the first element of each thread: by how many?
        for (int n : new int[] {2, 33, 257, 1000, 70_000}) {
            Case c = Case.of(inputs, inputs.uniform(1, 2), 2, 3, n);
            check(
                    bench,
                    "increments with gaps",
                    c,
                    Hypothesis.of(
                            "y is updated as if incy were 1",
                            "y 是按 incy = 1 更新的",
                            () -> SaxpyOracle.saxpy(c.a, c.x, c.incx, c.y, 1, c.n)),
                    Hypothesis.of(
                            "x is read as if incx were 1",
                            "x 是按 incx = 1 读取的",
                            () -> SaxpyOracle.saxpy(c.a, c.x, 1, c.y, c.incy, c.n)),
                    Hypothesis.of(
                            "the gaps of y are set to 0: only the n elements may be written",
                            "y 的间隙被写成了 0：只能写那 n 个元素",
                            () -> SaxpyOracle.saxpy(c.a, c.x, c.incx, withoutGaps(c), c.incy, c.n)));
        }
    }

    @GradedCheck("H3")
    void negative_increments_start_at_the_end(Bench bench) {
        Inputs inputs = bench.inputs("backwards");
        int[][] increments = {{-1, 1}, {1, -1}, {-1, -1}, {-2, 3}, {2, -3}};
        for (int[] increment : increments) {
            for (int n : new int[] {2, 33, 257}) {
                Case c = Case.of(inputs, inputs.uniform(1, 2), increment[0], increment[1], n);
                check(
                        bench,
                        "negative increments",
                        c,
                        Hypothesis.of(
                                "a negative increment is taken as its absolute value: element 0 lies at (1 - n) * inc, "
                                        + "the far end of the buffer",
                                "负步长被当成了它的绝对值：元素 0 在 (1 - n) * inc，即缓冲区的另一端",
                                () -> SaxpyOracle.saxpy(c.a, c.x, Math.abs(c.incx), c.y, Math.abs(c.incy), c.n)));
            }
        }
    }

    @GradedCheck("H4")
    void increment_zero_broadcasts_the_first_element(Bench bench) {
        Inputs inputs = bench.inputs("broadcast");
        for (int incy : new int[] {1, 2, -1}) {
            for (int n : new int[] {1, 33, 257}) {
                float[] x = inputs.normals(n);
                float[] y = inputs.normals(Case.span(n, incy));
                Case c = new Case(inputs.uniform(1, 2), x, 0, y, incy, n);
                check(
                        bench,
                        "incx = 0",
                        c,
                        Hypothesis.of(
                                "x[i] is read although incx is 0: every element is x[0]",
                                "incx 为 0 时仍读了 x[i]：每个元素都应是 x[0]",
                                () -> SaxpyOracle.saxpy(c.a, c.x, 1, c.y, c.incy, c.n)));
            }
        }
    }

    @GradedCheck("H5")
    void special_values_follow_the_formula(Bench bench) {
        Inputs inputs = bench.inputs("special");
        int n = 257;
        float[] odd = inputs.normals(n);
        odd[inputs.between(1, 30)] = Float.NaN;
        odd[inputs.between(32, 62)] = Float.POSITIVE_INFINITY;
        odd[inputs.between(64, 94)] = Float.NEGATIVE_INFINITY;
        int clash = inputs.between(96, 126);
        odd[clash] = Float.POSITIVE_INFINITY;
        float[] y = inputs.normals(n);
        y[clash] = Float.NEGATIVE_INFINITY;
        y[inputs.between(128, 200)] = Float.NaN;

        Case special = new Case(inputs.uniform(1, 2), odd, 1, y, 1, n);
        check(bench, "NaN and infinity", special, swallowed(special), clamped(special));

        Case zeroTimesSpecial = new Case(0, odd, 1, inputs.normals(n), 1, n);
        check(
                bench,
                "a = 0 with NaN and infinity",
                zeroTimesSpecial,
                Hypothesis.of(
                        "a = 0 is taken as a shortcut: 0 * NaN and 0 * infinity are NaN",
                        "a = 0 走了捷径：0 * NaN 和 0 * 无穷都是 NaN",
                        () -> OracleTensor.of("y", widened(zeroTimesSpecial.y), n)),
                clamped(zeroTimesSpecial));

        check(bench, "a = 0", new Case(0, inputs.normals(n), 1, inputs.normals(n), 1, n));
    }

    @GradedCheck("H6a")
    void a_long_vector(Bench bench) {
        Case c = contiguous(bench.inputs("long"), LONG);
        Done done = run(bench, "long vector", c);
        OracleTensor expected = c.expected();
        Hypothesis[] hypotheses = Stream.concat(firstOnly(c, done.run), Arrays.stream(usualMistakes(c)))
                .toArray(Hypothesis[]::new);
        done.run.assertThat(done.y).isCloseTo(expected, c.tolerance(expected), hypotheses);
    }

    /** For contiguous vectors: a grid smaller than n whose threads do one element each. */
    private static Stream<Hypothesis> firstOnly(Case c, Run run) {
        long threads = run.trace().launches().stream()
                .mapToLong(launch -> launch.grid().count() * launch.block().count())
                .max()
                .orElse(c.n);
        return threads >= c.n
                ? Stream.of()
                : Stream.of(Hypothesis.of(
                        "each thread does only its first element, and there are fewer threads than elements: let the loop go "
                                + "on by the number of threads in the grid",
                        "每个线程只算了第一个元素，而线程比元素少：让循环按整个 grid 的线程数继续前进",
                        () -> {
                            OracleTensor expected = c.expected();
                            double[] values = expected.values().clone();
                            for (int i = (int) threads; i < c.n; i++) {
                                values[i] = c.y[i];
                            }
                            return new OracleTensor("y", new int[] {c.n}, values, expected.conditionSums());
                        }));
    }

    @GradedCheck("H6b")
    void the_work_is_shared(Bench bench) {
        Case c = contiguous(bench.inputs("shared"), SHARED);
        Done done = run(bench, "sharing the work", c);
        OracleTensor expected = c.expected();
        done.run.assertThat(done.y).isCloseTo(expected, c.tolerance(expected), usualMistakes(c));
        done.run
                .usesParallelThreads()
                .executesAtMostPerThread(
                        SHARED / 8,
                        "does one thread walk the whole vector? With a grid-stride loop, thread t of T does the elements t, "
                                + "t + T, t + 2T, ...",
                        "是不是一个线程走完了整个向量？用 grid-stride 循环，T 个线程中的线程 t 处理元素 t、t + T、t + 2T……");
    }

    @GradedCheck("H7")
    void adding_and_subtracting_gives_y_back(Bench bench) {
        Inputs inputs = bench.inputs("there and back");
        for (float a : new float[] {2, -0.5f, 4}) {
            int n = 1000;
            Case there = new Case(a, onGrid(inputs, n), 1, onGrid(inputs, n), 1, n);
            Done first = run(bench, "there and back", there);
            Case back = new Case(-a, there.x, 1, first.run.floats(first.y), 1, n);
            Done second = run(bench, "there and back", back);
            OracleTensor moved = there.expected();
            first.run.assertThat(first.y).isCloseTo(moved, Tolerance.exact(), usualMistakes(there));
            second.run
                    .assertThat(second.y)
                    .hasSameBitsAs(
                            new DeviceTensor("y", new int[] {n}, there.y),
                            "saxpy with a and then with -a gives the first y back",
                            "先用 a 再用 -a 调用 saxpy，得到最初的 y");
        }
    }

    /** Multiples of 1/256 below 8 in magnitude: with a power of two for a, no step of saxpy rounds. */
    private static float[] onGrid(Inputs inputs, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = inputs.between(-2047, 2047) / 256f;
        }
        return values;
    }

    /** A long vector made quickly: neighbours differ, and no value comes twice within reach of any usual grid. */
    private static Case contiguous(Inputs inputs, int n) {
        int phase = inputs.below(1 << 20);
        float[] x = new float[n];
        float[] y = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i + phase) * 0x9E3779B1 * 0x1p-30f;
            y[i] = (i + phase) * 0x85EBCA6B * 0x1p-30f;
        }
        return new Case(inputs.uniform(1, 2), x, 1, y, 1, n);
    }

    private static Hypothesis swallowed(Case c) {
        return Hypothesis.of("elements where x is NaN or infinite are skipped", "x 为 NaN 或无穷的元素被跳过了", () -> {
            float[] x = c.x.clone();
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.isFinite(x[i]) ? x[i] : 0;
            }
            return SaxpyOracle.saxpy(c.a, x, c.incx, c.y, c.incy, c.n);
        });
    }

    /** For contiguous vectors. */
    private static Hypothesis clamped(Case c) {
        return Hypothesis.of(
                "NaN and infinity come out as large finite numbers: fmaxf and fminf return the other operand when one is "
                        + "NaN",
                "NaN 和无穷变成了很大的有限数：一个操作数是 NaN 时，fmaxf 和 fminf 返回另一个操作数",
                () -> {
                    double[] values = c.expected().values();
                    for (int i = 0; i < c.n; i++) {
                        float product = c.a * c.x[i];
                        if (!Float.isFinite(product)) {
                            float limit = product > 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
                            values[i] = limit + c.y[i];
                        }
                    }
                    return OracleTensor.of("y", values, c.n);
                });
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    private static float[] withoutGaps(Case c) {
        float[] y = new float[c.y.length];
        for (int i = 0; i < c.n; i++) {
            int at = SaxpyOracle.index(i, c.n, c.incy);
            y[at] = c.y[at];
        }
        return y;
    }
}
