package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunOutcome.Faulted;
import org.warpgrade.gpu.RunSettings;

/** Static variables of host functions are host memory, as in CUDA, and forget everything between two runs. */
class HostVariablesTests {

    private static RunOutcome run(Executor executor, String text, DeviceBuffer out) {
        return Kernels.runText(executor, text, Call.of("solve", Argument.pointer(out)), RunSettings.defaults());
    }

    private static DeviceBuffer ints() {
        return DeviceBuffer.ints("out", Access.INOUT, new int[4], 4);
    }

    @ParameterizedTest
    @EnumSource(Executor.class)
    void host_code_reads_and_writes_its_static_variables(Executor executor) {
        String text = """
                __global__ void put(int* out, int a, int b, int c) { out[0] = a; out[1] = b; out[2] = c; }
                static int next() { static int calls = 40; return ++calls; }
                extern "C" void solve(int* out) {
                    static int threads = 0;
                    static int table[3] = {1, 2, 3};
                    if (threads == 0) cudaDeviceGetAttribute(&threads, cudaDevAttrMaxThreadsPerBlock, 0);
                    table[1] += next() + next();
                    put<<<1, 1>>>(out, threads, table[1], table[2]);
                }
                """;
        for (int i = 0; i < 2; i++) {
            DeviceBuffer out = ints();
            assertThat(run(executor, text, out))
                    .isInstanceOfSatisfying(
                            Completed.class,
                            completed ->
                                    assertThat(completed.buffers().ints(out)).startsWith(1024, 2 + 41 + 42, 3));
        }
    }

    @Test
    void a_kernel_that_gets_the_address_of_one_faults() {
        String text = """
                __global__ void look(int* out, const int* p) { out[0] = *p; }
                extern "C" void solve(int* out) { static int own = 7; own++; look<<<1, 1>>>(out, &own); }
                """;

        assertThat(run(Executor.LANE_LOOPS, text, ints()))
                .isInstanceOfSatisfying(
                        Faulted.class,
                        faulted -> assertThat(faulted.fault().kind())
                                .isEqualTo(FindingKind.KERNEL_DEREFERENCES_HOST_MEMORY));
    }

    @Test
    void what_a_kernel_uses_too_is_the_devices() {
        String text = """
                static __host__ __device__ int* shared_by_both() { static int both = 5; return &both; }
                __global__ void look(int* out) { out[0] = *shared_by_both(); }
                extern "C" void solve(int* out) { *shared_by_both() = 6; look<<<1, 1>>>(out); }
                """;

        assertThat(run(Executor.LANE_LOOPS, text, ints()))
                .isInstanceOfSatisfying(
                        Faulted.class,
                        faulted -> assertThat(faulted.fault().kind())
                                .isEqualTo(FindingKind.HOST_DEREFERENCES_DEVICE_MEMORY));
    }
}
