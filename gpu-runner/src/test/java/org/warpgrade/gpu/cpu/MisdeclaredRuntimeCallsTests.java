package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** An asm statement may declare a function of the CUDA runtime as it likes; fuzzing found what then went wrong. */
class MisdeclaredRuntimeCallsTests {

    private static RunOutcome run(Executor executor, String ptx, String entry) {
        Program program = new Program(
                new CudaSource("k.cu", ""),
                ".version 8.5\n.target sm_90\n.address_size 64\n" + ptx,
                "k",
                "",
                List.of(),
                Map.of());
        try (CpuDevice device = new CpuDevice(executor)) {
            Argument p = Argument.pointer(DeviceBuffer.ints("p", Access.INOUT, new int[4]));
            return device.run(program, Call.of(entry, p), RunSettings.defaults());
        }
    }

    private static void isTold(RunOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Faulted.class, faulted -> {
            assertThat(faulted.fault().kind()).isEqualTo(FindingKind.API_MISUSE);
            assertThat(faulted.fault().message())
                    .isEqualTo("calls a function of the CUDA runtime with other parameters than it has");
        });
    }

    @ParameterizedTest
    @CsvSource({"b64, b32", "b32, b64", "b64, b8", "b8, b64"})
    void a_kernels_malloc_takes_and_gives_eight_bytes(String size, String result) {
        String ptx = """
                .extern .func (.param .%2$s r) malloc (.param .%1$s n);
                .visible .entry k(.param .u64 k_param_0)
                {
                .reg .b64 %%a;
                mov.u64 %%a, 64;
                {
                .param .%1$s param0;
                .param .%2$s retval0;
                call.uni (retval0), malloc, (param0);
                }
                ret;
                }
                """.formatted(size, result);
        for (Executor executor : Executor.values()) {
            isTold(run(executor, ptx, "k"));
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 11", "4, 12", "12, 1"})
    void a_launch_takes_two_dim3_of_twelve_bytes(int grid, int block) {
        String ptx = """
                .extern .func (.param .b64 r) __cudaCDP2GetParameterBufferV2
                (.param .b64 a, .param .align 4 .b8 b[%1$d], .param .align 4 .b8 c[%2$d], .param .b32 d);
                .visible .entry k(.param .u64 k_param_0)
                {
                ret;
                }
                .visible .func host(.param .b64 host_param_0)
                {
                .reg .b64 %%k;
                mov.u64 %%k, k;
                {
                .param .b64 param0;
                st.param.b64 [param0+0], %%k;
                .param .align 4 .b8 param1[%1$d];
                .param .align 4 .b8 param2[%2$d];
                .param .b32 param3;
                .param .b64 retval0;
                call.uni (retval0), __cudaCDP2GetParameterBufferV2, (param0, param1, param2, param3);
                }
                ret;
                }
                """.formatted(grid, block);
        isTold(run(Executor.LANE_LOOPS, ptx, "host"));
    }
}
