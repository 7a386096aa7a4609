package org.warpgrade.gpu.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;

/** What the peaks are is known on a GPU only; that their kernels do what the numbers assume shows anywhere. */
class PeakMeterTests {

    private static final double THREADS = 4096.0 * 256;

    @Test
    void every_round_of_the_fma_kernel_is_eight_fused_multiply_adds_per_thread() {
        double one = instructions("peak_fma", 1);
        assertThat(instructions("peak_fma", 11) - one).isBetween(10 * 8 * THREADS, 10 * 14 * THREADS);
    }

    private static double instructions(String entry, int rounds) {
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent());
                CpuDevice device = new CpuDevice()) {
            Program program =
                    (Program) compiler.compile(CompileRequest.of(new CudaSource("peaks.cu", PeakMeter.source())));
            RunOutcome outcome = device.run(program, Call.of(entry, Argument.i32(rounds)), RunSettings.defaults());
            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
            RunTrace trace = outcome.trace();
            assertThat(trace.findings()).isEmpty();
            assertThat(trace.launches()).hasSize(1);
            return trace.threadInstructions();
        }
    }
}
