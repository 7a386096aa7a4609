package org.warpgrade.gpu.cpu;

import java.util.List;
import java.util.Map;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunSettings;

/** A tiny program that takes the device through its whole path once, so that the first real one need not. */
final class WarmUp {

    private static final String PTX = """
            .version 8.5
            .target sm_80
            .address_size 64
            .visible .entry warm(.param .u64 warm_param_0, .param .u32 warm_param_1)
            {
                .reg .pred %p<2>;
                .reg .f32 %f<4>;
                .reg .b32 %r<8>;
                .reg .b64 %rd<4>;
                ld.param.u64 %rd1, [warm_param_0];
                ld.param.u32 %r1, [warm_param_1];
                mov.u32 %r2, %tid.x;
                mul.wide.u32 %rd2, %r2, 4;
                add.s64 %rd3, %rd1, %rd2;
                cvt.rn.f32.u32 %f1, %r2;
                ex2.approx.ftz.f32 %f2, %f1;
                mov.b32 %r3, %f2;
                shfl.sync.bfly.b32 %r4, %r3, 16, 31, -1;
                bar.sync 0;
                setp.ge.u32 %p1, %r2, %r1;
                @%p1 bra $L_end;
                st.global.u32 [%rd3], %r4;
            $L_end:
                ret;
            }
            """;

    private WarmUp() {}

    static void run(CpuDevice device) {
        Program program =
                new Program(new CudaSource("warm.cu", ""), PTX, "by hand", "", List.of(), Map.of("warm", "warm"));
        Call call =
                Call.of("warm", Argument.pointer(DeviceBuffer.output("out", ElementType.U32, 128)), Argument.i32(128));
        device.run(program, call, RunSettings.defaults());
        device.run(program, call, RunSettings.defaults().withSanitize(true));
    }
}
