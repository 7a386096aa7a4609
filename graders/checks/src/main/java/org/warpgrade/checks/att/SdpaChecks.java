package org.warpgrade.checks.att;

import static org.warpgrade.gpu.Argument.nullPointer;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.checks.att.SdpaCase.Attempt;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.DeviceTensor;
import org.warpgrade.engine.check.GradedCheck;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.reference.inputs.Inputs;
import org.warpgrade.reference.oracle.OracleTensor;
import org.warpgrade.reference.oracle.SdpaOracle.Attention;
import org.warpgrade.reference.oracle.SdpaOracle.Dims;

/** The checks of {@code attn-sdpa} (curriculum, track ATT; ruling C15.4). */
@ChecksFor("attn-sdpa")
class SdpaChecks {

    /** What a blocked key or value may hold. */
    private static final float[] GARBAGE = {Float.NaN, 1e30f, Float.POSITIVE_INFINITY, -1e30f};

    @GradedCheck("P1")
    void one_query_and_two_keys(Bench bench) {
        worked(null).run(bench, "worked example").matchesTheOracle();
        // the same, with a second query, so that a softmax over queries shows
        new SdpaCase(
                        new Dims(1, 1, 2, 2, 2, 1),
                        new float[] {1, 0, 0, 2},
                        new float[] {1, 0, 0, 1},
                        new float[] {10, 20},
                        null,
                        1)
                .run(bench, "worked example")
                .matchesTheOracle();
    }

    @GradedCheck("P2")
    void one_query_and_a_blocked_key(Bench bench) {
        worked(new byte[] {1, 0}).run(bench, "worked example").matchesTheOracle();
    }

    @GradedCheck("H1a")
    void any_number_of_queries_keys_and_columns(Bench bench) {
        Dims[] sizes = {
            new Dims(1, 2, 3, 5, 4, 7), // a telling size first
            new Dims(1, 1, 1, 1, 1, 1),
            new Dims(1, 1, 31, 33, 8, 5),
            new Dims(1, 2, 33, 31, 5, 3),
            new Dims(1, 1, 65, 64, 16, 17),
            new Dims(2, 2, 5, 6, 33, 31),
            new Dims(1, 1, 7, 257, 3, 9),
            new Dims(1, 1, 257, 7, 2, 4),
            new Dims(1, 1, 3, 2, 65, 130),
            new Dims(1, 2, 4, 4, 32, 32),
        };
        for (Dims dims : sizes) {
            float scale = dims.depth() > 8 ? (float) (1 / Math.sqrt(dims.depth())) : 0.7f;
            SdpaCase.normal(bench.inputs(dims.toString()), dims, scale)
                    .run(bench, "ragged sizes")
                    .matchesTheOracle();
        }
    }

    @GradedCheck("H1b")
    void one_query_one_key_and_very_many_keys(Bench bench) {
        Dims[] sizes = {
            new Dims(2, 2, 1, 37, 6, 5),
            new Dims(2, 2, 9, 1, 6, 5),
            new Dims(1, 1, 1, 1025, 3, 2),
            new Dims(1, 1, 1, 4097, 2, 2),
            new Dims(1, 1, 300, 2, 2, 1),
        };
        for (Dims dims : sizes) {
            SdpaCase input = SdpaCase.normal(bench.inputs(dims.toString()), dims, 0.5f);
            Attempt attempt = input.run(bench, "long rows").matchesTheOracle();
            if (dims.keys() == 1) {
                attempt.run()
                        .assertThat(attempt.out())
                        .isCloseTo(repeated(input.v(), dims), Tolerance.elem(1e-7, 1e-6));
            }
        }
    }

    @GradedCheck("H1c")
    void probabilities_are_optional(Bench bench) {
        for (int keys : new int[] {6, 70}) {
            Dims dims = new Dims(2, 2, 5, keys, 4, 3);
            Inputs inputs = bench.inputs("optional" + keys);
            SdpaCase input = SdpaCase.normal(inputs, dims, 0.5f)
                    .withMask(Objects.requireNonNull(
                            MaskKinds.all(inputs, 2, 5, keys).get("random")));
            Attempt full = input.run(bench, "optional output").matchesTheOracle();
            DeviceBuffer out = input.out();
            Run bare = bench.run(
                    "optional output",
                    input.label() + " probs=null",
                    input.call(
                            floats("q", input.q()),
                            floats("k", input.k()),
                            floats("v", input.v()),
                            pointer(out),
                            nullPointer()));
            Attention expected = input.oracle();
            bare.assertThat(out)
                    .isCloseTo(
                            expected.out(),
                            Tolerance.perElement(expected.outBounds(), Attention.OUT_FORMULA),
                            SdpaMistakes.ofContext(input))
                    .isCloseToRun(
                            full.outTensor(),
                            Tolerance.ofTwoRuns(expected.outBounds(), expected.outBounds()),
                            "the output must not depend on whether probabilities are asked for",
                            "输出不得取决于是否需要概率");
        }
    }

    @GradedCheck("H2a")
    void every_kind_of_mask_and_blocked_keys_do_not_exist(Bench bench) {
        for (Dims dims :
                new Dims[] {new Dims(2, 2, 9, 9, 4, 3), new Dims(2, 2, 5, 12, 3, 2), new Dims(1, 1, 33, 40, 3, 2)}) {
            Inputs inputs = bench.inputs(dims.toString());
            for (Map.Entry<String, byte[]> kind : MaskKinds.all(inputs, dims.batch(), dims.queries(), dims.keys())
                    .entrySet()) {
                SdpaCase input = SdpaCase.normal(inputs, dims, 0.6f).withMask(kind.getValue());
                spoilBlockedKeys(input);
                input.run(bench, "mask: " + kind.getKey()).matchesTheOracle();
            }
        }
        Dims dims = new Dims(1, 2, 9, 9, 4, 3);
        SdpaCase causal = SdpaCase.normal(bench.inputs("future"), dims, 0.6f)
                .withMask(MaskKinds.of((b, q, k) -> k <= q, 1, 9, 9));
        causal.v()[8 * dims.width()] = Float.NaN; // only the last query of head 0 may see it
        causal.v()[7 * dims.width() + 1] = 1e30f;
        causal.run(bench, "mask: blocked for some").matchesTheOracle();
    }

    @GradedCheck("H2b")
    void nan_in_a_query_stays_in_its_row(Bench bench) {
        Dims dims = new Dims(1, 2, 11, 35, 5, 3);
        SdpaCase input = SdpaCase.normal(bench.inputs("nan"), dims, 0.5f);
        input.q()[4 * dims.depth() + 2] = Float.NaN;
        input.q()[17 * dims.depth()] = Float.NaN;
        input.run(bench, "special values").matchesTheOracle();
    }

    @GradedCheck("H3")
    void queries_without_any_permitted_key(Bench bench) {
        for (int keys : new int[] {7, 1, 65}) {
            Dims dims = new Dims(3, 2, 6, keys, 4, 3);
            SdpaCase input = SdpaCase.normal(bench.inputs("empty" + keys), dims, 0.5f)
                    .withMask(MaskKinds.of((b, q, k) -> b == 0 ? q != 2 && q != 5 : b == 2 && k <= q, 3, 6, keys));
            spoilBlockedKeys(input);
            input.run(bench, "fully masked rows").matchesTheOracle();
        }
    }

    @GradedCheck("H4")
    void scale_zero_and_huge_scores(Bench bench) {
        Dims dims = new Dims(2, 2, 5, 37, 8, 3);
        Inputs inputs = bench.inputs("extreme");
        byte[] mask = Objects.requireNonNull(MaskKinds.all(inputs, 2, 5, 37).get("random"));
        for (float scale : new float[] {0, 3000, -3000, -0.5f, 1e-3f}) {
            SdpaCase.normal(inputs, dims, scale)
                    .withMask(mask)
                    .run(bench, "extreme values")
                    .matchesTheOracle();
        }
        SdpaCase shifted = SdpaCase.normal(inputs, dims, 1);
        for (int row = 0; row < dims.rows(); row++) {
            shifted.q()[row * 8] = row % 2 == 0 ? 16 : -16;
        }
        for (int key = 0; key < 4 * 37; key++) {
            shifted.k()[key * 8] = 16; // every score is near +256 or -256
        }
        shifted.run(bench, "extreme values").matchesTheOracle();
    }

    @GradedCheck("H5")
    void order_of_keys_and_of_queries(Bench bench) {
        for (Dims dims : new Dims[] {new Dims(2, 2, 13, 11, 4, 3), new Dims(1, 2, 35, 70, 3, 2)}) {
            Inputs inputs = bench.inputs(dims.toString());
            byte[] mask = Objects.requireNonNull(MaskKinds.all(inputs, dims.batch(), dims.queries(), dims.keys())
                    .get("random"));
            SdpaCase input = SdpaCase.normal(inputs, dims, 0.6f).withMask(mask);
            Attempt plain = input.run(bench, "metamorphic: permutation").matchesTheOracle();

            int heads = dims.batch() * dims.heads();
            int[] keyOrder = blocks(inputs.permutation(dims.keys()), heads);
            SdpaCase moved = new SdpaCase(
                    dims,
                    input.q(),
                    rows(input.k(), dims.depth(), keyOrder),
                    rows(input.v(), dims.width(), keyOrder),
                    columns(mask, dims.keys(), keyOrder),
                    0.6f);
            Attempt reordered = moved.run(bench, "metamorphic: permutation");
            reordered
                    .run()
                    .assertThat(reordered.out())
                    .isCloseToRun(
                            plain.outTensor(),
                            Tolerance.ofTwoRuns(
                                    input.oracle().outBounds(), input.oracle().outBounds()),
                            "permuting keys and values together must not change the output",
                            "键和值一起置换不得改变输出");

            int[] queryOrder = inputs.permutation(dims.queries());
            SdpaCase turned = input.withQueries(rows(input.q(), dims.depth(), blocks(queryOrder, heads)))
                    .withMask(rows(mask, dims.keys(), blocks(queryOrder, dims.batch())));
            Attempt permuted = turned.run(bench, "metamorphic: permutation");
            permuted.run()
                    .assertThat(permuted.out())
                    .hasSameBitsAs(
                            plain.outTensor().rows(dims.width(), blocks(queryOrder, heads)),
                            "permuting the queries must permute the rows of the output, bit for bit",
                            "置换查询必须逐位地置换输出的行");
        }
    }

    @GradedCheck("H6")
    void linear_in_values_shift_invariant_in_keys_and_bounded_by_values(Bench bench) {
        Dims dims = new Dims(1, 2, 9, 35, 4, 3);
        Inputs inputs = bench.inputs("algebra");
        byte[] mask = Objects.requireNonNull(MaskKinds.all(inputs, 1, 9, 35).get("random"));
        float[] first = grid(inputs, 2 * 35 * 3);
        float[] second = grid(inputs, 2 * 35 * 3);
        SdpaCase input = SdpaCase.normal(inputs, dims, 0.6f).withMask(mask).withValues(first);
        Attempt one = input.run(bench, "metamorphic: algebra").matchesTheOracle();
        SdpaCase other = input.withValues(second);
        Attempt two = other.run(bench, "metamorphic: algebra");

        double[] bounds = sum(input.oracle().outBounds(), other.oracle().outBounds());
        Attempt both = input.withValues(sum(first, second)).run(bench, "metamorphic: algebra");
        both.run()
                .assertThat(both.out())
                .isCloseToRun(
                        new DeviceTensor(
                                "out",
                                both.out().shape(),
                                sum(one.outTensor().values(), two.outTensor().values())),
                        Tolerance.perElement(bounds, "sum of both bounds"),
                        "the output must be linear in V: out(V1 + V2) = out(V1) + out(V2)",
                        "输出必须对 V 线性：out(V1 + V2) = out(V1) + out(V2)");

        float[] doubled = sum(input.q(), input.q());
        if (linear(one, input.withQueries(doubled).run(bench, "metamorphic: algebra"))
                || linear(one, input.withKeys(sum(input.k(), input.k())).run(bench, "metamorphic: algebra"))) {
            throw bench.failure(
                    "The output doubles when Q or K doubles: attention is not linear in them. Where is the softmax?",
                    "Q 或 K 加倍时输出也加倍：注意力对它们不是线性的。softmax 在哪里？");
        }

        float[] shift = inputs.normals(dims.depth());
        float[] moved = input.k().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += shift[i % dims.depth()];
        }
        SdpaCase shifted = input.withKeys(moved);
        Attempt same = shifted.run(bench, "metamorphic: algebra");
        same.run()
                .assertThat(same.out())
                .isCloseToRun(
                        one.outTensor(),
                        Tolerance.perElement(
                                sum(input.oracle().outBounds(), shifted.oracle().outBounds()), "sum of both bounds"),
                        "adding one vector to all keys shifts every score of a query alike and must change nothing",
                        "给所有键加同一个向量只会使一个查询的分数整体平移，不得改变结果");
        staysWithinValues(bench, input, one.outTensor().values());
    }

    @GradedCheck("H7")
    void retrieval_by_a_matching_key(Bench bench) {
        for (int keys : new int[] {5, 33}) {
            Dims dims = new Dims(1, 2, 7, keys, keys, 3);
            Inputs inputs = bench.inputs("retrieval" + keys);
            float[] q = new float[2 * 7 * keys];
            float[] k = new float[2 * keys * keys];
            float[] v = inputs.normals(2 * keys * 3);
            double[] expected = new double[2 * 7 * 3];
            for (int head = 0; head < 2; head++) {
                for (int key = 0; key < keys; key++) {
                    k[(head * keys + key) * keys + key] = 1;
                }
                for (int query = 0; query < 7; query++) {
                    int wanted = inputs.below(keys);
                    q[(head * 7 + query) * keys + wanted] = 1;
                    for (int d = 0; d < 3; d++) {
                        expected[(head * 7 + query) * 3 + d] = v[(head * keys + wanted) * 3 + d];
                    }
                }
            }
            SdpaCase input = new SdpaCase(dims, q, k, v, null, 200);
            Attempt attempt = input.run(bench, "retrieval");
            attempt.run()
                    .assertThat(attempt.out())
                    .isCloseTo(
                            OracleTensor.of("out", expected, 1, 2, 7, 3),
                            Tolerance.elem(),
                            SdpaMistakes.ofContext(input));
        }
    }

    @GradedCheck("H8")
    void self_attention_is_cross_attention_with_one_source(Bench bench) {
        for (int length : new int[] {6, 33}) {
            Dims dims = new Dims(2, 2, length, length, 4, 4);
            float[] x = bench.inputs("self" + length).normals(dims.rows() * 4);
            SdpaCase input = new SdpaCase(dims, x, x, x, null, 0.5f);
            Attempt cross = input.run(bench, "metamorphic: one source").matchesTheOracle();
            DeviceBuffer source = DeviceBuffer.floats("x", IN, x, 2, 2, length, 4);
            Attempt self = input.run(bench, "metamorphic: one source", source, source, source);
            self.run()
                    .assertThat(self.out())
                    .hasSameBitsAs(
                            cross.outTensor(),
                            "q, k and v in one buffer must give what three equal buffers give",
                            "q、k、v 用同一个缓冲区与用三个相同的缓冲区，结果必须相同");
        }
    }

    private static SdpaCase worked(byte @Nullable [] mask) {
        return new SdpaCase(
                new Dims(1, 1, 1, 2, 2, 1),
                new float[] {1, 0},
                new float[] {1, 0, 0, 1},
                new float[] {10, 20},
                mask,
                1);
    }

    /** Fills keys and values that no query of the sequence may see with garbage, in place. */
    private static void spoilBlockedKeys(SdpaCase c) {
        byte[] mask = Objects.requireNonNull(c.mask());
        Dims dims = c.dims();
        for (int key = 0; key < dims.batch() * dims.keys(); key++) {
            int b = key / dims.keys();
            int j = key % dims.keys();
            boolean seen = false;
            for (int query = 0; query < dims.queries(); query++) {
                seen |= mask[(b * dims.queries() + query) * dims.keys() + j] != 0;
            }
            for (int a = 0; a < dims.heads() && !seen; a++) {
                int row = (b * dims.heads() + a) * dims.keys() + j;
                float garbage = GARBAGE[j % GARBAGE.length];
                Arrays.fill(c.k(), row * dims.depth(), (row + 1) * dims.depth(), garbage);
                Arrays.fill(c.v(), row * dims.width(), (row + 1) * dims.width(), garbage);
            }
        }
    }

    private static void staysWithinValues(Bench bench, SdpaCase c, float[] out) {
        Dims dims = c.dims();
        byte[] mask = Objects.requireNonNull(c.mask());
        double[] bounds = c.oracle().outBounds();
        for (int i = 0; i < out.length; i++) {
            int row = i / dims.width();
            int head = row / dims.queries();
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < dims.keys(); j++) {
                if (mask[(head / dims.heads() * dims.queries() + row % dims.queries()) * dims.keys() + j] != 0) {
                    float value = c.v()[(head * dims.keys() + j) * dims.width() + i % dims.width()];
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            if (low <= high && !(out[i] >= low - bounds[i] && out[i] <= high + bounds[i])) {
                throw bench.failure(
                        "An output lies outside the permitted values: weights that are positive and sum to 1 cannot do that.",
                        "有输出超出了可见值的范围：权重为正且和为 1 时不可能发生。");
            }
        }
    }

    /** Whether the second output is twice the first, as it would be without a softmax. */
    private static boolean linear(Attempt once, Attempt twice) {
        float[] single = once.outTensor().values();
        float[] doubled = twice.outTensor().values();
        double largest = 0;
        for (int i = 0; i < single.length; i++) {
            largest = Math.max(largest, Math.abs(doubled[i] - 2 * single[i]));
        }
        return largest <= 1e-3;
    }

    private static OracleTensor repeated(float[] values, Dims dims) {
        double[] out = new double[dims.rows() * dims.width()];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i / dims.width() / dims.queries() * dims.width() + i % dims.width()];
        }
        return OracleTensor.of("out", out, dims.batch(), dims.heads(), dims.queries(), dims.width());
    }

    private static DeviceBuffer floats(String name, float[] values) {
        return DeviceBuffer.floats(name, IN, values);
    }

    /** Multiples of 2^-8 with |v| <= 8, so that sums of two are exact. */
    private static float[] grid(Inputs inputs, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = inputs.between(-2048, 2048) * 0x1p-8f;
        }
        return values;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    /** The same order in each of several consecutive blocks. */
    private static int[] blocks(int[] order, int blocks) {
        int[] all = new int[order.length * blocks];
        Arrays.setAll(all, i -> i / order.length * order.length + order[i % order.length]);
        return all;
    }

    private static float[] rows(float[] values, int width, int[] order) {
        float[] moved = new float[values.length];
        for (int row = 0; row < order.length; row++) {
            System.arraycopy(values, order[row] * width, moved, row * width, width);
        }
        return moved;
    }

    private static byte[] rows(byte[] values, int width, int[] order) {
        byte[] moved = new byte[values.length];
        for (int row = 0; row < order.length; row++) {
            System.arraycopy(values, order[row] * width, moved, row * width, width);
        }
        return moved;
    }

    /** Columns of a mask in the order of the first block of {@code order}. */
    private static byte[] columns(byte[] mask, int keys, int[] order) {
        byte[] moved = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            moved[i] = mask[i / keys * keys + order[i % keys]];
        }
        return moved;
    }
}
