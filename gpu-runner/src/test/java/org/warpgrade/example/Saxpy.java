package org.warpgrade.example;

import java.util.Locale;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;

/** Compiles a CUDA file, runs it on the CPU device, and tells what it computed, did wrong, and cost. */
public final class Saxpy {

    private static final String CUDA = """
            __global__ void saxpy(int n, float a, const float* x, float* y) {
                int i = blockIdx.x * blockDim.x + threadIdx.x;
                if (i <= n) y[i] = a * x[i] + y[i];
            }
            extern "C" void solve(int n, float a, const float* x, float* y) {
                saxpy<<<(n + 63) / 64, 64>>>(n, a, x, y);
            }
            """;

    public static String run(float[] x, float[] y) {
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent());
                Device device = new CpuDevice()) {
            return switch (compiler.compile(CompileRequest.of(new CudaSource("saxpy.cu", CUDA)))) {
                case CompileRejected rejected -> rejected.log();
                case Program program -> run(device, program, x, y);
            };
        }
    }

    private static String run(Device device, Program program, float[] x, float[] y) {
        DeviceBuffer in = DeviceBuffer.floats("x", Access.IN, x);
        DeviceBuffer out = DeviceBuffer.floats("y", Access.INOUT, y);
        Call call =
                Call.of("solve", Argument.i32(x.length), Argument.f32(2), Argument.pointer(in), Argument.pointer(out));
        RunSettings settings = RunSettings.defaults().withSanitize(true).withCounters(Counting.full());
        RunOutcome outcome = device.run(program, call, settings);
        StringBuilder told = new StringBuilder();
        switch (outcome) {
            case RunOutcome.Completed completed ->
                told.append("y[1] = ").append(completed.buffers().floats(out)[1]);
            case RunOutcome.Faulted faulted ->
                told.append("ended by ").append(faulted.fault().kind().id());
            case RunOutcome.TimedOut late ->
                told.append("ended by ").append(late.where().kind().id());
            case RunOutcome.NoSuchEntry missing -> told.append(missing.message());
            case RunOutcome.Unsupported unsupported -> told.append(unsupported.message());
            case RunOutcome.DeviceLost lost -> told.append(lost.message());
        }
        told.append('\n');
        for (Finding finding : outcome.trace().findings()) {
            told.append(finding.at()).append(": ").append(finding.message()).append('\n');
        }
        for (LaunchRecord launch : outcome.trace().launches()) {
            told.append(launch.displayName())
                    .append(": ")
                    .append(launch.grid().count())
                    .append(" blocks");
            LaunchCounters counters = launch.counters();
            if (counters != null) {
                told.append(String.format(
                        Locale.ROOT, ", %.0f sectors loaded", counters.total().get(Metric.GLOBAL_LOAD_SECTORS)));
            }
            told.append('\n');
        }
        return told.toString();
    }
}
