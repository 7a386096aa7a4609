package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.DeviceBuffer.Access.INOUT;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.RunOutcome;

/** Kernels as people write them, compiled by the real NVRTC and run on both executors. */
class RealKernelsTests {

    private static RunOutcome.Completed run(Executor executor, String file, Argument... arguments) {
        RunOutcome outcome = Kernels.run(executor, file, Call.of("solve", arguments));
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        assertThat(outcome.trace().findings()).isEmpty();
        return (RunOutcome.Completed) outcome;
    }

    @ParameterizedTest
    @EnumSource
    void a_tiled_matrix_product_with_float4_loads_and_padding(Executor executor) {
        int m = 40;
        int n = 35;
        int k = 52;
        float[] a = ramp(m * k, 0.37f);
        float[] b = ramp(k * n, 0.11f);
        DeviceBuffer c = DeviceBuffer.output("c", ElementType.F32, m, n);
        Buffers buffers = run(
                        executor,
                        "matmul.cu",
                        pointer(DeviceBuffer.floats("a", IN, a, m, k)),
                        pointer(DeviceBuffer.floats("b", IN, b, k, n)),
                        pointer(c),
                        i32(m),
                        i32(n),
                        i32(k))
                .buffers();
        float[] actual = buffers.floats(c);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int q = 0; q < k; q++) {
                    sum += 2.0 * a[i * k + q] * b[q * n + j];
                }
                assertThat((double) actual[i * n + j]).isCloseTo(sum, within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void reductions_by_tree_shuffles_atomics_and_the_last_block(Executor executor) {
        float[] x = ramp(1000, 0.7f);
        double sum = 0;
        for (float value : x) {
            sum += value;
        }
        DeviceBuffer results = DeviceBuffer.output("results", ElementType.F32, 3);
        DeviceBuffer count = DeviceBuffer.output("count", ElementType.I32, 1);
        Buffers buffers = run(
                        executor,
                        "reductions.cu",
                        pointer(DeviceBuffer.floats("x", IN, x)),
                        pointer(results),
                        pointer(count),
                        pointer(DeviceBuffer.output("partial", ElementType.F32, 8)),
                        i32(x.length))
                .buffers();
        for (float result : buffers.floats(results)) {
            assertThat((double) result).isCloseTo(sum, within(1e-3));
        }
        assertThat(buffers.ints(count)).containsExactly(1000);
    }

    @ParameterizedTest
    @EnumSource
    void a_scan_and_a_bitonic_sort(Executor executor) {
        int[] in = new int[200];
        int[] data = new int[256];
        Arrays.setAll(in, i -> i * 7 % 31 - 9);
        Arrays.setAll(data, i -> i * 1103515245 + 12345 >> 8);
        int[] sums = in.clone();
        Arrays.parallelPrefix(sums, Integer::sum);
        int[] sorted = data.clone();
        Arrays.sort(sorted);
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, 200);
        DeviceBuffer values = DeviceBuffer.ints("data", INOUT, data);
        Buffers buffers = run(
                        executor,
                        "scan_sort.cu",
                        pointer(DeviceBuffer.ints("in", IN, in)),
                        pointer(out),
                        pointer(values),
                        i32(200))
                .buffers();
        assertThat(buffers.ints(out)).isEqualTo(sums);
        assertThat(buffers.ints(values)).isEqualTo(sorted);
    }

    @ParameterizedTest
    @EnumSource
    void votes_matches_partial_masks_and_wide_arithmetic(Executor executor) {
        int[] x = new int[64];
        Arrays.setAll(x, i -> i * i % 9);
        long[] a = new long[50];
        double[] d = new double[50];
        Arrays.setAll(a, i -> i * 0x123456789ABCDEFL - 77);
        Arrays.setAll(d, i -> i * 0.731 - 1.5);
        DeviceBuffer ballot = DeviceBuffer.output("ballot", ElementType.U32, 64);
        DeviceBuffer same = DeviceBuffer.output("same", ElementType.U32, 64);
        DeviceBuffer any = DeviceBuffer.output("any", ElementType.I32, 64);
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.I64, 50);
        DeviceBuffer dout = DeviceBuffer.output("dout", ElementType.F64, 50);
        Buffers buffers = run(
                        executor,
                        "warp_votes.cu",
                        pointer(DeviceBuffer.ints("x", IN, x)),
                        pointer(ballot),
                        pointer(same),
                        pointer(any),
                        pointer(DeviceBuffer.longs("a", IN, a)),
                        pointer(DeviceBuffer.doubles("d", IN, d)),
                        pointer(out),
                        pointer(dout),
                        i32(50))
                .buffers();
        int[] expectedAny = new int[64];
        for (int i = 0; i < 64; i++) {
            int warp = i / 32 * 32;
            int above = 0;
            int equal = 0;
            int seven = 0;
            for (int l = 0; l < 32; l++) {
                above |= x[warp + l] > 3 ? 1 << l : 0;
                equal |= x[warp + l] == x[i] ? 1 << l : 0;
                seven |= x[warp + l] == 7 ? 1 : 0;
            }
            assertThat(buffers.ints(ballot)[i]).isEqualTo(above);
            assertThat(buffers.ints(same)[i]).isEqualTo(equal);
            int up = i % 32 < 2 ? x[i] : x[i - 2];
            expectedAny[i] = seven * 2 + 1 + (i % 2 == 1 ? 10 * x[i ^ 1] : 1000 * up);
        }
        assertThat(buffers.ints(any)).isEqualTo(expectedAny);
        for (int i = 0; i < 50; i++) {
            long v = a[i] * 6364136223846793005L + 1442695040888963407L;
            assertThat(buffers.longs(out)[i])
                    .isEqualTo(v >> 33
                            ^ v % 1000003L
                            ^ Math.unsignedMultiplyHigh(v, 0x9E3779B97F4A7C15L)
                            ^ Long.bitCount(v)
                            ^ Long.numberOfLeadingZeros(v));
            double expected = Math.fma(d[i], d[i], 1.0 / (d[i] + 2.0)) + Math.sqrt(Math.abs(d[i])) + Math.floor(d[i]);
            assertThat(buffers.doubles(dout)[i]).isCloseTo(expected, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void half_arithmetic_through_our_header(Executor executor) {
        float[] x = {1, -2.5f, 0.33333f, 1000, 6e-5f};
        float[] y = {0.5f, 3, -0.1f, 24, 1e-4f};
        DeviceBuffer z = DeviceBuffer.output("z", ElementType.F32, 5);
        Buffers buffers = run(
                        executor,
                        "halves.cu",
                        pointer(DeviceBuffer.floats("x", IN, x)),
                        pointer(DeviceBuffer.floats("y", IN, y)),
                        pointer(z),
                        i32(5))
                .buffers();
        for (int i = 0; i < 5; i++) {
            float h = half(half(x[i]) * 1.5f + half(y[i]));
            assertThat(buffers.floats(z)[i]).isEqualTo(half(h + h) + 0.5f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void calls_printf_locks_and_blocks_that_wait_for_later_blocks(Executor executor) {
        int[] n = {0, 1, 5, 10, 12};
        DeviceBuffer fib = DeviceBuffer.output("fib", ElementType.I32, 5);
        DeviceBuffer mapped = DeviceBuffer.output("mapped", ElementType.F32, 5);
        DeviceBuffer counter = DeviceBuffer.output("counter", ElementType.I32, 1);
        DeviceBuffer order = DeviceBuffer.output("order", ElementType.I32, 6);
        RunOutcome.Completed completed = run(
                executor,
                "functions.cu",
                pointer(DeviceBuffer.ints("n", IN, n)),
                pointer(fib),
                pointer(mapped),
                pointer(counter),
                pointer(order),
                i32(5));
        assertThat(completed.buffers().ints(fib)).containsExactly(1, 1, 8, 89, 233);
        assertThat(completed.buffers().floats(mapped)).containsExactly(0, 1, 10, 100, 24);
        assertThat(completed.buffers().ints(counter)).containsExactly(7);
        assertThat(completed.buffers().ints(order)).containsExactly(2, 2, 2, 2, 2, 1);
        assertThat(completed.trace().printed()).isEqualTo("thread 3 has seen 12.35%\nhost says 5\n");
    }

    @ParameterizedTest
    @EnumSource
    void barriers_that_count_and_vote(Executor executor) {
        int n = 280;
        int[] x = new int[n];
        Arrays.setAll(x, i -> i < 96 ? 1 + i % 5 : i < 192 ? i % 9 : i % 8 - 1);
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, n);
        int[] actual = run(executor, "barrier_votes.cu", pointer(DeviceBuffer.ints("x", IN, x)), pointer(out), i32(n))
                .buffers()
                .ints(out);
        for (int block = 0; block < n; block += 96) {
            int[] values = Arrays.copyOfRange(x, block, Math.min(n, block + 96));
            int positive = (int) Arrays.stream(values).filter(v -> v > 0).count() + 96 - values.length;
            int any = Arrays.stream(values).anyMatch(v -> v > 7) ? 1 : 0;
            for (int i = block; i < block + values.length; i++) {
                assertThat(actual[i]).isEqualTo(positive * 4 + (positive == 96 ? 2 : 0) + any);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_lane_is_elected_and_all_know_which(Executor executor) {
        DeviceBuffer out = DeviceBuffer.ints("out", INOUT, new int[64]);
        int[] actual = run(executor, "elect.cu", pointer(out)).buffers().ints(out);
        int[] expected = new int[64];
        expected[0] = 1;
        Arrays.fill(expected, 48, 64, 1600);
        expected[48] = 1601;
        assertThat(actual).isEqualTo(expected);
    }

    private static float half(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    private static float[] ramp(int count, float step) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i * step);
        }
        return values;
    }
}
