package org.warpgrade.checks.cud;

import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.DeviceBuffer.Access.INOUT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.GemmOracle;
import org.warpgrade.reference.oracle.GemmOracle.Operand;
import org.warpgrade.reference.oracle.OracleTensor;

/**
 * One call of gemm. Operands carry padding wherever their pitch is larger than their width; the padding of A and B is NaN,
 * so that using it shows, that of C holds values that must stay.
 */
record GemmCase(int m, int n, int k, float alpha, Operand a, Operand b, float beta, float[] c, int ldc) {

    /** What a run wrote. */
    record Output(Run run, DeviceBuffer c) {
        float[] values() {
            return run.floats(c);
        }
    }

    /** Drawn values; pitches are the widths and some floats more. */
    static GemmCase drawn(
            Bench bench, boolean ta, boolean tb, int m, int n, int k, float alpha, float beta, int... padding) {
        String label = "%b %b %d %d %d".formatted(ta, tb, m, n, k);
        int[] pad = padding.length == 0 ? new int[3] : padding;
        int ldc = n + pad[2];
        return new GemmCase(
                m,
                n,
                k,
                alpha,
                operand(bench.inputs("A " + label), ta, m, k, pad[0]),
                operand(bench.inputs("B " + label), tb, k, n, pad[1]),
                beta,
                values(bench.inputs("C " + label), m * ldc),
                ldc);
    }

    /** A random op(X) of rows x columns. */
    static Operand operand(Inputs inputs, boolean transposed, int rows, int columns, int padding) {
        int storedRows = transposed ? columns : rows;
        int width = transposed ? rows : columns;
        float[] values = new float[storedRows * (width + padding)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % (width + padding) < width ? value(inputs) : Float.NaN;
        }
        return new Operand(transposed, values, width + padding);
    }

    /**
     * Of both signs and sizes from 0.5 to 1.5: no product outweighs all others, whose roundings would then all be as large
     * as the whole condition sum.
     */
    private static float value(Inputs inputs) {
        return inputs.uniform(0.5f, 1.5f) * (inputs.below(2) == 0 ? 1 : -1);
    }

    private static float[] values(Inputs inputs, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = value(inputs);
        }
        return values;
    }

    /** The same on a grid of 64ths, on which every sum of fewer than a thousand terms is exact in float in any order. */
    GemmCase withExactSums() {
        Operand exactA = new Operand(a.transposed(), onGrid(a.values()), a.pitch());
        Operand exactB = new Operand(b.transposed(), onGrid(b.values()), b.pitch());
        return new GemmCase(m, n, k, alpha, exactA, exactB, beta, onGrid(c), ldc);
    }

    private static float[] onGrid(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) Math.rint(64 * values[i]) / 64;
        }
        return rounded;
    }

    GemmCase withScales(float newAlpha, float newBeta) {
        return new GemmCase(m, n, k, newAlpha, a, b, newBeta, c, ldc);
    }

    Output run(Bench bench, String family) {
        return run(bench, family, in("A", a), in("B", b));
    }

    Output runWithoutOperands(Bench bench, String family) {
        return run(bench, family, nullPointer(), nullPointer());
    }

    private Output run(Bench bench, String family, Argument first, Argument second) {
        DeviceBuffer out = DeviceBuffer.floats("C", INOUT, c, c.length / ldc, ldc);
        Call call = Call.of(
                "gemm",
                i32(a.transposed() ? 1 : 0),
                i32(b.transposed() ? 1 : 0),
                i32(m),
                i32(n),
                i32(k),
                f32(alpha),
                first,
                i32(a.pitch()),
                second,
                i32(b.pitch()),
                f32(beta),
                pointer(out),
                i32(ldc));
        return new Output(bench.run(family, label(), call), out);
    }

    private static Argument in(String name, Operand operand) {
        return pointer(DeviceBuffer.floats(
                name, IN, operand.values(), operand.values().length / operand.pitch(), operand.pitch()));
    }

    String label() {
        return "ta=%d tb=%d M=%d N=%d K=%d alpha=%s lda=%d ldb=%d beta=%s ldc=%d"
                .formatted(
                        a.transposed() ? 1 : 0,
                        b.transposed() ? 1 : 0,
                        m,
                        n,
                        k,
                        alpha,
                        a.pitch(),
                        b.pitch(),
                        beta,
                        ldc);
    }

    void verify(Bench bench, String family) {
        verify(run(bench, family));
    }

    void verify(Output output) {
        OracleTensor expected = oracle();
        output.run()
                .assertThat(output.c())
                .isCloseTo(expected, tolerance(expected), hypotheses().toArray(Hypothesis[]::new));
    }

    OracleTensor oracle() {
        return oracle(alpha, a, b, beta);
    }

    private OracleTensor oracle(float otherAlpha, Operand otherA, Operand otherB, float otherBeta) {
        return GemmOracle.gemm(m, n, k, otherAlpha, otherA, otherB, otherBeta, c, ldc);
    }

    Tolerance tolerance() {
        return tolerance(oracle());
    }

    /** SUM(K) for the elements, exact for the padding. */
    private Tolerance tolerance(OracleTensor expected) {
        Tolerance sum = Tolerance.sum(k);
        double[] bounds = new double[m * ldc];
        Arrays.setAll(bounds, i -> i % ldc < n ? sum.bound(expected, i) : 0);
        return Tolerance.perElement(bounds, sum.formula() + "; padding exact");
    }

    private List<Hypothesis> hypotheses() {
        List<Hypothesis> known = new ArrayList<>();
        if (alpha == 0) {
            known.add(Hypothesis.of(
                    "A and B are read although alpha is 0: 0 * NaN is NaN",
                    "alpha 为 0 时仍读取了 A 和 B：0 * NaN 是 NaN",
                    () -> elements(at -> Double.NaN)));
        }
        if (beta == 0) {
            known.add(Hypothesis.of(
                    "C is read although beta is 0: 0 * NaN is NaN",
                    "beta 为 0 时仍读取了 C：0 * NaN 是 NaN",
                    () -> elements(at -> oracle().values()[at] + 0 * c[at])));
        }
        for (int tile = 32; tile >= 4; tile /= 2) {
            int reached = k / tile * tile;
            if (k % tile != 0 && k > tile) {
                known.add(Hypothesis.of(
                        "the last K % " + tile
                                + " terms of every sum are missing: is the number of tiles along K rounded down?",
                        "每个和都少了最后 K % " + tile + " 项：沿 K 的分块数是否被向下取整了？",
                        () -> GemmOracle.gemm(m, n, reached, alpha, a, b, beta, c, ldc)));
            }
        }
        if (a.transposed()) {
            known.add(Hypothesis.of(
                    "C fits an A that is not transposed: is ta looked at?",
                    "C 与未转置的 A 相符：是否使用了 ta？",
                    () -> oracle(alpha, clamped(a, false), b, beta)));
        }
        if (b.transposed()) {
            known.add(Hypothesis.of(
                    "C fits a B that is not transposed: is tb looked at?",
                    "C 与未转置的 B 相符：是否使用了 tb？",
                    () -> oracle(alpha, a, clamped(b, false), beta)));
        }
        if (alpha != 1 && alpha != 0) {
            known.add(Hypothesis.of(
                    "C is right for alpha = 1: is the product multiplied by alpha?",
                    "alpha = 1 时 C 是对的：乘积是否乘了 alpha？",
                    () -> oracle(1, a, b, beta)));
            known.add(Hypothesis.of(
                    "C fits alpha squared: is alpha applied twice?",
                    "C 与 alpha 的平方相符：alpha 是否乘了两次？",
                    () -> oracle(alpha * alpha, a, b, beta)));
            known.add(Hypothesis.of(
                    "C fits alpha * (A B + beta C): alpha belongs to the product only",
                    "C 与 alpha * (A B + beta C) 相符：alpha 只乘乘积",
                    () -> oracle(alpha, a, b, alpha * beta)));
        }
        if (beta != 0) {
            known.add(Hypothesis.of(
                    "C is right for beta = 0: is beta * C added?",
                    "beta = 0 时 C 是对的：是否加了 beta * C？",
                    () -> oracle(alpha, a, b, 0)));
        }
        if (a.pitch() != b.pitch()) {
            known.add(Hypothesis.of(
                    "C fits an A that is read with the pitch of B: is lda used for A and ldb for B?",
                    "C 与按 B 的行距读取的 A 相符：A 是否用 lda、B 是否用 ldb？",
                    () -> oracle(alpha, repitched(a, b.pitch()), b, beta)));
        }
        if (m == n && !a.transposed() && !b.transposed() && m == k) {
            known.add(Hypothesis.of(
                    "C fits B A instead of A B: matrices are stored row by row here, not column by column",
                    "C 与 B A 而不是 A B 相符：这里的矩阵按行存储，不是按列",
                    () -> oracle(alpha, b, a, beta)));
            known.add(Hypothesis.of(
                    "C is transposed: are row and column swapped when it is written?",
                    "C 被转置了：写入时行和列是否弄反了？",
                    () -> turned(oracle())));
        }
        return known;
    }

    /** The operand as somebody sees it who takes it for stored the other way round, inside of its buffer. */
    private static Operand clamped(Operand operand, boolean transposed) {
        return new Operand(transposed, Arrays.copyOf(operand.values(), 1 << 18), operand.pitch());
    }

    private static Operand repitched(Operand operand, int pitch) {
        return new Operand(operand.transposed(), Arrays.copyOf(operand.values(), 1 << 18), pitch);
    }

    /** C with other elements; the padding stays. */
    private OracleTensor elements(IntToDoubleFunction element) {
        double[] values = new double[m * ldc];
        Arrays.setAll(values, at -> at % ldc < n ? element.applyAsDouble(at) : c[at]);
        return OracleTensor.of("C", values, m, ldc);
    }

    private OracleTensor turned(OracleTensor square) {
        double[] values = square.values().clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                values[i * ldc + j] = square.values()[j * ldc + i];
            }
        }
        return OracleTensor.of("C", values, m, ldc);
    }
}
