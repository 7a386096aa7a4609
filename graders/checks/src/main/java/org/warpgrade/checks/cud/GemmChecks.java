package org.warpgrade.checks.cud;

import java.util.Arrays;
import org.warpgrade.checks.cud.GemmCase.Output;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.GemmOracle.Operand;

@ChecksFor("cuda-gemm")
class GemmChecks {

    private static final boolean[] BOTH = {false, true};

    /** M, N, K around multiples of warps and tiles, thin in every direction; the last is large enough for large tiles. */
    private static final int[][] RAGGED = {
        {33, 31, 17},
        {2, 3, 1},
        {1, 1, 1},
        {31, 33, 32},
        {32, 32, 32},
        {65, 70, 33},
        {1, 257, 9},
        {257, 1, 9},
        {5, 7, 255},
        {128, 130, 11}
    };

    @GradedCheck("P1")
    void two_by_two(Bench bench) {
        new GemmCase(
                        2,
                        2,
                        2,
                        1,
                        new Operand(false, new float[] {1, 2, 3, 4}, 2),
                        new Operand(false, new float[] {5, 6, 7, 8}, 2),
                        0,
                        new float[4],
                        2)
                .verify(bench, "worked example");
    }

    @GradedCheck("P2")
    void the_same_product_from_transposes_scaled(Bench bench) {
        new GemmCase(
                        2,
                        2,
                        2,
                        2,
                        new Operand(true, new float[] {1, 3, 2, 4}, 2),
                        new Operand(true, new float[] {5, 7, 6, 8}, 2),
                        -1,
                        new float[] {10, 20, 30, 40},
                        2)
                .verify(bench, "worked example");
    }

    @GradedCheck("H1")
    void all_transposes_with_ragged_sizes(Bench bench) {
        for (int[] size : RAGGED) {
            for (boolean ta : BOTH) {
                for (boolean tb : BOTH) {
                    // The tolerance of a short sum is a few roundings: alpha and beta add none if they are powers of
                    // two.
                    boolean brief = size[2] < 16;
                    GemmCase.drawn(bench, ta, tb, size[0], size[1], size[2], brief ? 0.5f : 0.75f, brief ? -2 : -1.25f)
                            .verify(bench, "ragged sizes");
                }
            }
        }
        GemmCase.drawn(bench, false, false, 3, 2, 1025, 1, 0.5f).verify(bench, "long sums");
        GemmCase.drawn(bench, true, true, 1000, 3, 4, 1, 0.5f).verify(bench, "tall and thin");
        GemmCase.drawn(bench, true, false, 3, 1000, 4, 1, 0.5f).verify(bench, "short and wide");
    }

    @GradedCheck("H2")
    void empty_sums_and_empty_matrices(Bench bench) {
        GemmCase some = GemmCase.drawn(bench, false, false, 37, 35, 4, 1.5f, -0.75f);
        new GemmCase(37, 35, 0, 1.5f, some.a(), some.b(), -0.75f, some.c(), 35).verify(bench, "K = 0");
        new GemmCase(37, 35, 0, 1.5f, some.a(), some.b(), 0, some.c(), 35).verify(bench, "K = 0");
        untouched(bench, new GemmCase(0, 35, 4, 1.5f, some.a(), some.b(), -0.75f, some.c(), 35), "M = 0");
        untouched(bench, new GemmCase(37, 0, 4, 1.5f, some.a(), some.b(), -0.75f, some.c(), 35), "N = 0");
    }

    private static void untouched(Bench bench, GemmCase empty, String family) {
        Output output = empty.run(bench, family);
        output.run()
                .assertThat(output.c())
                .hasSameBitsAs(
                        new DeviceTensor("C", output.c().shape(), empty.c()),
                        "a matrix without rows or columns leaves memory as it is",
                        "没有行或没有列的矩阵不改变内存");
    }

    @GradedCheck("H3")
    void beta_zero_does_not_read_c(Bench bench) {
        for (int[] size : new int[][] {{33, 35, 17}, {64, 64, 16}, {128, 132, 9}}) {
            GemmCase clean = GemmCase.drawn(bench, false, true, size[0], size[1], size[2], 4, 0);
            float[] c = clean.c().clone();
            Arrays.fill(c, Float.NaN);
            c[0] = Float.POSITIVE_INFINITY;
            new GemmCase(size[0], size[1], size[2], 4, clean.a(), clean.b(), 0, c, size[1])
                    .verify(bench, "beta = 0, C holds NaN");
        }
    }

    @GradedCheck("H4")
    void alpha_zero_does_not_read_a_and_b(Bench bench) {
        for (float beta : new float[] {-0.5f, 1, 0}) {
            GemmCase clean = GemmCase.drawn(bench, true, false, 36, 33, 20, 0, beta);
            Arrays.fill(clean.a().values(), Float.NaN);
            Arrays.fill(clean.b().values(), Float.POSITIVE_INFINITY);
            clean.verify(bench, "alpha = 0, A and B hold NaN and infinity");
            clean.verify(clean.runWithoutOperands(bench, "alpha = 0, A and B null"));
        }
    }

    @GradedCheck("H5")
    void pitches_larger_than_the_width(Bench bench) {
        int[][] paddings = {{3, 5, 7}, {4, 8, 12}, {1, 0, 2}};
        for (int[] padding : paddings) {
            for (boolean ta : new boolean[] {true, false}) { // a pitch that is too small shows inside of the buffer
                for (boolean tb : new boolean[] {true, false}) {
                    GemmCase.drawn(bench, ta, tb, 34, 36, 20, 1, 0.5f, padding).verify(bench, "pitches");
                }
            }
        }
        // Pitches that allow accesses of 16 bytes, widths that end within one.
        GemmCase.drawn(bench, false, false, 35, 35, 19, 1, 0.5f, 1, 1, 1).verify(bench, "pitches");
        GemmCase.drawn(bench, true, true, 35, 35, 19, 1, 0.5f, 1, 1, 1).verify(bench, "pitches");
        GemmCase.drawn(bench, false, true, 132, 128, 12, 1, 0, 4, 4, 6).verify(bench, "pitches");
    }

    /** Large terms that cancel: what is left is smaller than the rounding of anything less than float. */
    @GradedCheck("H6")
    void large_terms_that_cancel(Bench bench) {
        for (int k : new int[] {4, 64, 256}) {
            Inputs values = bench.inputs("cancel" + k);
            int m = 12;
            int n = 9;
            float[] a = new float[m * k];
            float[] b = new float[k * n];
            for (int row = 0; row < m; row++) {
                for (int l = 0; l < k; l += 2) {
                    float large = values.uniform(0.5f, 1) * 1e4f;
                    a[row * k + l] = large;
                    a[row * k + l + 1] = -large + values.normal();
                }
            }
            for (int l = 0; l < k; l += 2) {
                for (int column = 0; column < n; column++) {
                    float shared = values.normal();
                    b[l * n + column] = shared;
                    b[(l + 1) * n + column] = shared;
                }
            }
            new GemmCase(m, n, k, 1, new Operand(false, a, k), new Operand(false, b, n), 0, new float[m * n], n)
                    .verify(bench, "cancellation");
        }
    }

    @GradedCheck("H7")
    void transposed_product_identity_and_linearity(Bench bench) {
        int m = 37;
        int n = 41;
        int k = 29;
        GemmCase product = GemmCase.drawn(bench, false, false, m, n, k, 1, 0);
        float[] ab = product.run(bench, "A B").values();

        Output turned = new GemmCase(
                        n,
                        m,
                        k,
                        1,
                        new Operand(true, product.b().values(), n),
                        new Operand(true, product.a().values(), k),
                        0,
                        new float[n * m],
                        m)
                .run(bench, "B^T A^T");
        float[] expected = new float[n * m];
        double[] bounds = new double[n * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                expected[j * m + i] = ab[i * n + j];
                bounds[j * m + i] = Tolerance.sum(k).bound(product.oracle(), i * n + j);
            }
        }
        turned.run()
                .assertThat(turned.c())
                .isCloseToRun(
                        new DeviceTensor("C", new int[] {n, m}, expected),
                        Tolerance.ofTwoRuns(bounds, bounds),
                        "the product of the transposes in the other order is the transpose of the product",
                        "转置后按相反次序相乘，等于乘积的转置");

        float[] identity = new float[k * k];
        for (int i = 0; i < k; i++) {
            identity[i * k + i] = 1;
        }
        Output same = new GemmCase(m, k, k, 1, product.a(), new Operand(false, identity, k), 0, new float[m * k], k)
                .run(bench, "A times the identity");
        same.run()
                .assertThat(same.c())
                .hasSameBitsAs(
                        new DeviceTensor("C", new int[] {m, k}, product.a().values()),
                        "A times the identity is A",
                        "A 乘单位矩阵等于 A");

        for (float alpha : new float[] {4, -0.5f}) {
            Output scaled = product.withScales(alpha, 0).run(bench, "alpha A B");
            float[] multiple = new float[m * n];
            for (int i = 0; i < multiple.length; i++) {
                multiple[i] = alpha * ab[i];
            }
            scaled.run()
                    .assertThat(scaled.c())
                    .hasSameBitsAs(
                            new DeviceTensor("C", new int[] {m, n}, multiple),
                            "the result is linear in alpha; for a power of two exactly so",
                            "结果对 alpha 是线性的；alpha 为 2 的幂时精确成立");
        }
    }

    @GradedCheck("H8")
    void a_nan_stays_in_its_row_or_column(Bench bench) {
        for (int[] size : new int[][] {{35, 37, 21}, {128, 129, 11}}) {
            GemmCase inA = GemmCase.drawn(bench, false, false, size[0], size[1], size[2], 1, 0.5f)
                    .withExactSums();
            inA.a().values()[(size[0] - 3) * size[2] + size[2] - 1] = Float.NaN;
            inA.verify(bench, "a NaN in one row of A");
            GemmCase inB = GemmCase.drawn(bench, true, true, size[0], size[1], size[2], 1, 0.5f)
                    .withExactSums();
            inB.b().values()[(size[1] - 2) * size[2]] = Float.NaN;
            inB.verify(bench, "a NaN in one column of op(B)");
        }
    }

    /** The busiest thread of a launch may have at most a 32nd of all instructions. */
    @GradedCheck("S1")
    void the_work_is_shared(Bench bench) {
        Output output = GemmCase.drawn(bench, false, false, 64, 64, 32, 1, 0).run(bench, "structure");
        long all = output.run().trace().threadInstructions();
        for (LaunchRecord launch : output.run().trace().launches()) {
            if (launch.maxThreadInstructions() > all / 32) {
                throw bench.failure(
                        "one thread of " + launch.displayName() + " executes "
                                + 100 * launch.maxThreadInstructions() / all
                                + " % of all instructions of a 64 x 64 product: share the elements of C among many threads",
                        launch.displayName() + " 的一个线程执行了 64 x 64 乘积全部指令的 " + 100 * launch.maxThreadInstructions() / all
                                + " %：请把 C 的元素分给许多线程");
            }
        }
    }
}
