package org.warpgrade.engine.performance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.timing.TimedOutputs;

/** What counts as the same outputs: fp32 in any order does, a lower precision or anything left out does not. */
class ReferenceOutputsTests {

    private static final int N = 256;
    private static final int K = 512;

    private final DeviceBuffer out = DeviceBuffer.output("out", ElementType.F32, N);
    private final Call call = Call.of("dot", Argument.pointer(out));
    private final ReferenceOutputs outputs = new ReferenceOutputs(List.of(call));

    private static TimedOutputs written(Call call, DeviceBuffer buffer, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return TimedOutputs.of(call, new Buffers(Map.of(buffer, bytes.array()), (_, _) -> null));
    }

    private @Nullable String compare(float[] reference, float[] candidate) {
        outputs.add(call, written(call, out, reference));
        return outputs.workload().wrong(0, call, written(call, out, candidate));
    }

    /** Dot products of N pairs of vectors, their factors rounded before. */
    private static float[] products(DoubleUnaryOperator rounding, boolean backwards) {
        Random random = new Random(5);
        float[] sums = new float[N];
        for (int i = 0; i < N; i++) {
            float[] terms = new float[K];
            for (int k = 0; k < K; k++) {
                float a = (float) rounding.applyAsDouble((float) random.nextGaussian());
                float b = (float) rounding.applyAsDouble((float) random.nextGaussian());
                terms[k] = a * b;
            }
            for (int k = 0; k < K; k++) {
                sums[i] += terms[backwards ? K - 1 - k : k];
            }
        }
        return sums;
    }

    private static double tf32(double value) {
        int bits = Float.floatToRawIntBits((float) value);
        return Float.intBitsToFloat((bits + 0x1000) & ~0x1FFF);
    }

    @Test
    void another_order_of_summation_is_the_same() {
        assertThat(compare(products(x -> x, false), products(x -> x, true))).isNull();
    }

    @Test
    void products_in_tf32_are_not() {
        assertThat(compare(products(x -> x, false), products(ReferenceOutputsTests::tf32, false)))
                .isEqualTo("out[256] does not hold what the reference computes from the same inputs");
    }

    @Test
    void one_wrong_element_is_not() {
        float[] reference = products(x -> x, false);
        float[] candidate = reference.clone();
        candidate[77] += 0.01f * Math.abs(candidate[77]) + 0.1f;
        assertThat(compare(reference, candidate)).isNotNull();
    }

    @Test
    void nan_and_infinity_are_the_same_only_as_themselves() {
        float[] reference = products(x -> x, false);
        reference[3] = Float.NEGATIVE_INFINITY;
        float[] candidate = reference.clone();
        assertThat(compare(reference, candidate)).isNull();
        candidate[3] = -1e30f;
        assertThat(compare(reference, candidate)).isNotNull();
        candidate[3] = Float.NaN;
        assertThat(compare(reference, candidate)).isNotNull();
        candidate[3] = reference[3];
        candidate[4] = Float.NaN;
        assertThat(compare(reference, candidate)).isNotNull();
    }

    @Test
    void all_else_is_compared_bit_for_bit() {
        DeviceBuffer mask = DeviceBuffer.output("mask", ElementType.U8, 3);
        Call bytes = Call.of("build", Argument.pointer(mask));
        ReferenceOutputs exact = new ReferenceOutputs(List.of(bytes));
        exact.add(bytes, TimedOutputs.of(bytes, new Buffers(Map.of(mask, new byte[] {1, 0, 1}), (_, _) -> null)));
        TimedOutputs other = TimedOutputs.of(bytes, new Buffers(Map.of(mask, new byte[] {1, 1, 1}), (_, _) -> null));
        assertThat(exact.workload().wrong(0, bytes, other))
                .isEqualTo("mask[3] does not hold what the reference computes from the same inputs");
    }

    @Test
    void outputs_that_were_compared_once_are_known_by_their_checksum() {
        float[] reference = products(x -> x, false);
        outputs.add(call, written(call, out, reference));
        var workload = outputs.workload();
        TimedOutputs good = written(call, out, reference);
        assertThat(workload.wrong(0, call, good)).isNull();
        TimedOutputs elsewhere = new TimedOutputs() {
            @Override
            public long checksum() {
                return good.checksum();
            }

            @Override
            public Buffers buffers() {
                throw new IllegalStateException("nobody needs to look");
            }
        };
        assertThat(workload.wrong(1, call, elsewhere)).isNull();
    }
}
