package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.util.List;
import java.util.Map;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** A kernel in PTX by hand, whose threads have a value each and exchange it. */
final class Exchange {

    /** Some whole warps: what a kernel's own call runs as one block. */
    static final int THREADS = 128;

    private Exchange() {}

    /** Each thread has its value in a register, {@code %r1} or {@code %f1}, and stores what is there in the end. */
    static String ptx(String register, String body) {
        String type = register.startsWith("%f") ? "f32" : "b32";
        return """
                .version 8.5
                .target sm_80
                .address_size 64
                .visible .entry exchange(.param .u64 exchange_param_0, .param .u32 exchange_param_1)
                {
                    .reg .pred %%p<4>;
                    .reg .f32 %%f<8>;
                    .reg .b32 %%r<8>;
                    .reg .b64 %%rd<4>;
                    ld.param.u64 %%rd1, [exchange_param_0];
                    mov.u32 %%r0, %%tid.x;
                    mul.wide.u32 %%rd2, %%r0, 4;
                    add.s64 %%rd3, %%rd1, %%rd2;
                    ld.global.%1$s %2$s, [%%rd3];
                %3$s
                    st.global.%1$s [%%rd3], %2$s;
                    ret;
                }
                """.formatted(type, register, body);
    }

    /** The bits that the threads have in the end. */
    static int[] run(Executor executor, String ptx, int[] start) {
        DeviceBuffer values = DeviceBuffer.ints("values", Access.INOUT, start.clone());
        Program program = new Program(
                new CudaSource("exchange.cu", ""), ptx, "by hand", "", List.of(), Map.of("exchange", "exchange"));
        try (CpuDevice device = new CpuDevice(executor)) {
            Call call = Call.of("exchange", pointer(values), i32(THREADS));
            RunOutcome outcome = device.run(program, call, RunSettings.defaults());
            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
            return ((RunOutcome.Completed) outcome).buffers().ints(values);
        }
    }
}
