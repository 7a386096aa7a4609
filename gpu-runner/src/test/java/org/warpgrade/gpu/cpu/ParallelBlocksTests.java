package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** What a program does, and what is told of it, does not depend on how many JVM threads run its blocks. */
class ParallelBlocksTests {

    private static final int N = 1 << 16;

    private static final String RIPPLES = """
            __global__ void ripple(float* y, int n, int bad) {
                __shared__ float tile[128];
                int i = blockIdx.x * blockDim.x + threadIdx.x;
                tile[threadIdx.x] = sinf(i * 0.01f);
                __syncthreads();
                float sum = 0;
                for (int k = 0; k < 8; k++) sum = sum * 0.5f + tile[(threadIdx.x + k * 3) % blockDim.x];
                if (bad > 0 && blockIdx.x % bad == bad - 1 && threadIdx.x == 3) y[n + blockIdx.x] = sum;
                y[i] = sum;
            }
            extern "C" void solve(float* y, int n, int bad) { ripple<<<n / 128, 128>>>(y, n, bad); }
            """;

    private static final String TICKETS = """
            __global__ void take(int* y, int* next) {
                int mine = atomicAdd(next, 1);
                if (threadIdx.x == 0) y[blockIdx.x] = mine;
            }
            extern "C" void solve(int* y, int* next) { take<<<2048, 128>>>(y, next); }
            """;

    private static RunOutcome run(int threads, String text, Call call, RunSettings settings) {
        try (CpuDevice device = new CpuDevice(Executor.LANE_LOOPS, threads)) {
            return device.run(Kernels.programOf(text), call, settings);
        }
    }

    private static RunOutcome ripple(int threads, int bad, long schedule) {
        DeviceBuffer y = DeviceBuffer.output("y", ElementType.F32, N);
        Call call = Call.of("solve", pointer(y), i32(N), i32(bad));
        return run(threads, RIPPLES, call, RunSettings.defaults().withSchedule(schedule));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 77})
    void results_and_counts_are_those_of_one_thread(long schedule) {
        DeviceBuffer y = DeviceBuffer.output("y", ElementType.F32, N);
        Call call = Call.of("solve", pointer(y), i32(N), i32(0));
        RunSettings settings = RunSettings.defaults().withSchedule(schedule);
        RunOutcome.Completed one = (RunOutcome.Completed) run(1, RIPPLES, call, settings);
        RunOutcome.Completed four = (RunOutcome.Completed) run(4, RIPPLES, call, settings);
        assertThat(four.buffers().floats(y)).isEqualTo(one.buffers().floats(y)).isNotEqualTo(new float[N]);
        assertThat(four.trace().threadInstructions()).isEqualTo(one.trace().threadInstructions());
        assertThat(four.trace().launches().getFirst().maxThreadInstructions())
                .isEqualTo(one.trace().launches().getFirst().maxThreadInstructions());
    }

    /** Long enough for the blocks to begin with lanes one after the other and to end with lanes abreast. */
    @Test
    void a_long_launch_leaves_what_a_short_one_would() {
        String text = """
                __global__ void powers(unsigned* y, int rounds) {
                    unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
                    unsigned value = i;
                    for (int r = 0; r < rounds; r++) {
                        value = value * 1664525u + 1013904223u + (i ^ r);
                        if ((value & 255) == 7) value ^= y[i];
                    }
                    y[i] = value;
                }
                extern "C" void solve(unsigned* y, int rounds) { powers<<<1024, 256>>>(y, rounds); }
                """;
        int rounds = 2200;
        DeviceBuffer y = DeviceBuffer.ints("y", DeviceBuffer.Access.INOUT, new int[1024 * 256]);
        RunOutcome outcome = run(2, text, Call.of("solve", pointer(y), i32(rounds)), RunSettings.defaults());
        assertThat(outcome.trace().threadInstructions()).isGreaterThan(1L << 32);
        int[] expected = new int[1024 * 256];
        for (int i = 0; i < expected.length; i++) {
            int value = i;
            for (int r = 0; r < rounds; r++) {
                value = value * 1664525 + 1013904223 + (i ^ r);
            }
            expected[i] = value;
        }
        assertThat(((RunOutcome.Completed) outcome).buffers().ints(y)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 9})
    void of_many_blocks_that_fault_the_first_in_order_is_told(long schedule) {
        RunOutcome.Faulted one = (RunOutcome.Faulted) ripple(1, 50, schedule);
        for (int again = 0; again < 5; again++) {
            RunOutcome.Faulted four = (RunOutcome.Faulted) ripple(4, 50, schedule);
            assertThat(four.fault()).isEqualTo(one.fault());
            assertThat(four.trace().findings()).isEqualTo(one.trace().findings());
        }
    }

    @Test
    void blocks_that_draw_numbers_from_a_counter_draw_them_in_order() {
        DeviceBuffer y = DeviceBuffer.output("y", ElementType.I32, 2048);
        DeviceBuffer next = DeviceBuffer.ints("next", DeviceBuffer.Access.INOUT, new int[1]);
        RunOutcome.Completed four = (RunOutcome.Completed)
                run(4, TICKETS, Call.of("solve", pointer(y), pointer(next)), RunSettings.defaults());
        int[] drawn = four.buffers().ints(y);
        for (int block = 0; block < drawn.length; block++) {
            assertThat(drawn[block]).isEqualTo(block * 128);
        }
    }
}
