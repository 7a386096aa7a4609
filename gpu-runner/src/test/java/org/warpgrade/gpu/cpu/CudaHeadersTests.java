package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;
import static org.warpgrade.gpu.DeviceBuffer.Access.INOUT;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** The headers of libcu++ that we offer, used as its documentation uses them, watched: nothing may be found. */
class CudaHeadersTests {

    private static RunOutcome.Completed run(Executor executor, String file, Argument... arguments) {
        RunOutcome outcome = Kernels.run(
                executor,
                file,
                Call.of("solve", arguments),
                RunSettings.defaults().withSanitize(true));
        assertThat(outcome.trace().findings()).isEmpty();
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        return (RunOutcome.Completed) outcome;
    }

    @ParameterizedTest
    @EnumSource
    void atomics_references_fences_latches_and_semaphores(Executor executor) {
        DeviceBuffer out = DeviceBuffer.ints("out", INOUT, new int[32]);
        int[] results = run(
                        executor,
                        "cuda_atomics.cu",
                        pointer(out),
                        pointer(DeviceBuffer.ints("carried", INOUT, new int[5])))
                .buffers()
                .ints(out);
        assertThat(Arrays.copyOf(results, 11)).containsExactly(596, 34, 23025, 0x55555555, 1, 1, 1, 610, 33, 4, 64);
        long bits = results[12] & 0xFFFFFFFFL | (long) results[13] << 32;
        assertThat(Double.longBitsToDouble(bits)).isEqualTo(16.0);
        assertThat(Arrays.copyOfRange(results, 14, 18)).containsExactly(32, 42, 12, 1);
    }

    @ParameterizedTest
    @EnumSource
    void barriers_asynchronous_copies_and_pipelines(Executor executor) {
        int[] in = IntStream.range(0, 64).map(i -> i * i % 97).toArray();
        DeviceBuffer out = DeviceBuffer.ints("out", INOUT, new int[264]);
        int[] results = run(
                        executor,
                        "cuda_barriers.cu",
                        pointer(DeviceBuffer.ints("in", IN, in)),
                        pointer(out),
                        pointer(DeviceBuffer.ints("parts", INOUT, new int[4])))
                .buffers()
                .ints(out);
        for (int i = 0; i < 64; i++) {
            int split = 30 * in[63 - i] + 30 + 3 * i + (i < 32 ? 31 - i : 0);
            assertThat(results[i]).isEqualTo(split);
            int staged = 0;
            for (int stage = 0; stage < 5; stage++) {
                staged += in[(i + stage) % 64];
            }
            assertThat(results[168 + i]).isEqualTo(staged);
        }
        for (int i = 0; i < 32; i++) {
            assertThat(results[64 + i]).isEqualTo(31 * 16);
            assertThat(results[104 + i]).isEqualTo(2 * in[63 - i]);
            assertThat(results[136 + i]).isEqualTo(in[i] * (1 + 3) + in[32 + i] * (2 + 4));
            assertThat(results[232 + i]).isEqualTo(6 * in[31 - i] + 15);
        }
        assertThat(Arrays.copyOfRange(results, 96, 100)).containsOnly(10);
    }

    @ParameterizedTest
    @EnumSource
    void cooperative_groups_of_every_kind(Executor executor) {
        int[] in = IntStream.range(0, 64).map(i -> i * i % 97).toArray();
        DeviceBuffer out = DeviceBuffer.ints("out", INOUT, new int[144]);
        int[] results = run(executor, "groups.cu", pointer(DeviceBuffer.ints("in", IN, in)), pointer(out))
                .buffers()
                .ints(out);
        assertThat(Arrays.copyOf(results, 5)).containsExactly(63 * 32, 120, 376, 632, 888);
        assertThat(Arrays.copyOfRange(results, 5, 13)).containsOnly(8);
        for (int i = 0; i < 32; i++) {
            int other = i ^ 5;
            assertThat(results[16 + i]).isEqualTo(other * 1000 + other * 10 + other % 26 + 3);
            int rank = i / 2 % 2;
            assertThat(results[48 + i]).isEqualTo(30000 + i % 3 * 1000 + i % 2 * 100 + 20 + rank);
            int before = IntStream.range(0, i).filter(j -> j % 4 == 1).sum();
            assertThat(results[80 + i]).isEqualTo(i % 4 == 1 ? 2900 + before : 7);
            assertThat(results[112 + i]).isEqualTo(in[31 - i] + in[i] + in[63 - i]);
        }
    }
}
