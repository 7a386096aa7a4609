package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** Both executors use a block's memory again for the next one; nobody may see what an earlier block left there. */
class FreshBlocksTests {

    private static final int BLOCKS = 5;

    private static final String TEXT = """
            __global__ void kernel(int* out, int i) {
                __shared__ volatile int shared[64];
                volatile int local[16];
                out[blockIdx.x * 64 + threadIdx.x] = shared[threadIdx.x] == shared[0] ? local[i] : 1;
                __syncthreads();
                if (threadIdx.x % 3 == 1 && blockIdx.x == 2) return;
                shared[threadIdx.x] = threadIdx.x;
                local[i] = 7;
                __syncthreads();
            }
            extern "C" void solve(int* out, int i) { kernel<<<5, 64>>>(out, i); }
            """;

    @ParameterizedTest
    @EnumSource(Executor.class)
    void hold_poison_in_shared_and_local_memory(Executor executor) {
        int size = BLOCKS * 64;
        DeviceBuffer out = DeviceBuffer.ints("out", Access.INOUT, new int[size], size);
        RunSettings settings = RunSettings.defaults();
        int[] expected = new int[size];
        Arrays.fill(expected, settings.poison().word());

        assertThat(Kernels.runText(executor, TEXT, Call.of("solve", Argument.pointer(out), Argument.i32(3)), settings))
                .isInstanceOfSatisfying(
                        RunOutcome.Completed.class,
                        completed -> assertThat(completed.buffers().ints(out)).isEqualTo(expected));
    }
}
