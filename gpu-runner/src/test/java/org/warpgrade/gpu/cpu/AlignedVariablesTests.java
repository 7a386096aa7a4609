package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** {@code __align__} of any size that NVRTC takes: addresses are multiples of it, or there is no room. */
class AlignedVariablesTests {

    private static final String TEXT = """
            struct __align__(ALIGN) Wide { int x; };
            __device__ int before;
            __device__ Wide onDevice;
            __constant__ __align__(ALIGN) int fixed[4] = {1, 2, 3, 4};
            __global__ void kernel(int* out) {
                __shared__ __align__(ALIGN) float tile[32], another[32];
                another[threadIdx.x] = threadIdx.x;
                tile[threadIdx.x] = another[threadIdx.x];
                __syncthreads();
                before = 1;
                onDevice.x = 5;
                out[threadIdx.x] = (int) ((unsigned long long) &onDevice % ALIGN + (unsigned long long) fixed % ALIGN)
                    + (int) ((unsigned long long) tile % 16) + onDevice.x + fixed[2] + (int) tile[31 - threadIdx.x];
            }
            extern "C" void solve(int* out) { kernel<<<1, 32>>>(out); }
            """;

    private static RunOutcome run(Executor executor, String alignment, DeviceBuffer out) {
        return Kernels.runText(
                executor,
                TEXT.replace("ALIGN", alignment),
                Call.of("solve", Argument.pointer(out)),
                RunSettings.defaults());
    }

    private static DeviceBuffer ints() {
        return DeviceBuffer.ints("out", Access.INOUT, new int[32], 32);
    }

    @ParameterizedTest
    @EnumSource(Executor.class)
    void lie_at_multiples(Executor executor) {
        DeviceBuffer out = ints();
        assertThat(run(executor, "8192", out)).isInstanceOfSatisfying(RunOutcome.Completed.class, completed -> {
            assertThat(completed.trace().findings()).isEmpty();
            assertThat(completed.buffers().ints(out)).startsWith(8 + 31, 8 + 30).endsWith(8);
        });
    }

    @ParameterizedTest
    @CsvSource({"65536", "1048576", "33554432"})
    void of_a_block_that_has_less_memory_are_refused_at_the_launch(String alignment) {
        assertThat(run(Executor.LANE_LOOPS, alignment, ints()).trace().findings())
                .anySatisfy(finding -> {
                    assertThat(finding.kind()).isEqualTo(FindingKind.BAD_LAUNCH);
                    assertThat(finding.message()).contains("shared memory");
                });
    }

    @ParameterizedTest
    @EnumSource(Executor.class)
    void of_the_device_beyond_its_memory_are_refused(Executor executor) {
        StringBuilder text = new StringBuilder();
        StringBuilder sum = new StringBuilder("0");
        for (int i = 0; i < 200; i++) {
            text.append("__device__ __align__(536870912) int v").append(i).append(";\n");
            sum.append(" + (v").append(i).append(" += i)");
        }
        text.append("__global__ void kernel(int* out, int i) { out[0] = ")
                .append(sum)
                .append("; }\n");
        text.append("extern \"C\" void solve(int* out) { kernel<<<1, 1>>>(out, 1); }\n");
        assertThat(Kernels.runText(
                        executor, text.toString(), Call.of("solve", Argument.pointer(ints())), RunSettings.defaults()))
                .isInstanceOfSatisfying(RunOutcome.Faulted.class, faulted -> {
                    assertThat(faulted.fault().kind()).isEqualTo(FindingKind.MEMORY_BUDGET);
                    assertThat(faulted.fault().message())
                            .matches("there is no room for v\\d+: the variables before it are too many or their"
                                    + " alignments too great");
                });
    }
}
