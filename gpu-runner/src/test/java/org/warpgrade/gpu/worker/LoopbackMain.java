package org.warpgrade.gpu.worker;

import static org.warpgrade.gpu.Argument.f32;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.i64;
import static org.warpgrade.gpu.Argument.pointer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.compile.CompileRequest;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.timing.Repetition;

/** What a process with the loopback driver sees: a line for each thing that is tried. */
public final class LoopbackMain {

    private LoopbackMain() {}

    /** @param arguments the CUDA source */
    public static void main(String[] arguments) throws IOException {
        try (NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent());
                WorkerDevice device = WorkerDevice.open()) {
            Program program = (Program) compiler.compile(
                    CompileRequest.of(new CudaSource("loopback.cu", Files.readString(Path.of(arguments[0])))));
            System.out.println("name " + device.name() + " " + device.driverVersion() + " " + device.l2Bytes());
            System.out.println("state " + device.state());
            DeviceBuffer x = DeviceBuffer.floats("x", Access.IN, new float[] {1, 2, 3, 4, 5});
            DeviceBuffer y = DeviceBuffer.floats("y", Access.INOUT, new float[] {10, 20, 30, 40, 50});
            Call saxpy = Call.of("run_saxpy", i32(5), f32(2), pointer(x), pointer(y));
            say("saxpy", run(device, program, saxpy), y);
            DeviceBuffer out = DeviceBuffer.output("out", ElementType.F64, 6);
            Argument pair = Argument.struct(i32(-7), Argument.f64(2.5));
            say(
                    "mixed",
                    run(
                            device,
                            program,
                            Call.of(
                                    "run_mixed",
                                    i32(-3),
                                    Argument.f64(0.1),
                                    pair,
                                    i32(0x1234),
                                    i64(1L << 40),
                                    pointer(out))),
                    out);
            if (device.time(program, saxpy, saxpy, RunSettings.defaults()) instanceof Repetition.Timed timed) {
                System.out.println("timed " + timed.micros() + " "
                        + Arrays.toString(timed.outputs().buffers().floats(y)));
            }
            RunOutcome spoken = run(device, program, Call.of("run_speaks", i32(42)));
            System.out.println("printed " + spoken.trace().printed().strip());
            System.out.println("cooperative " + word(run(device, program, Call.of("run_cooperative", i32(50)))));
            System.out.println("too many " + word(run(device, program, Call.of("run_cooperative", i32(500)))));
            System.out.println("shared " + word(run(device, program, Call.of("run_shared", i32(100_000)))));
            System.out.println("too much " + word(run(device, program, Call.of("run_shared", i32(120_000)))));
            System.out.println("fault " + word(run(device, program, Call.of("run_faults"))));
            say("after", run(device, program, saxpy), y);
            Program refused = (Program) compiler.compile(CompileRequest.of(new CudaSource(
                    "refused.cu", "__global__ void refused_by_the_driver() {} extern \"C\" void solve() {}")));
            System.out.println("refused " + word(run(device, refused, Call.of("solve"))));
        }
    }

    private static RunOutcome run(WorkerDevice device, Program program, Call call) {
        return device.run(program, call, RunSettings.defaults());
    }

    private static void say(String what, RunOutcome outcome, DeviceBuffer buffer) {
        String values = !(outcome instanceof RunOutcome.Completed completed)
                ? word(outcome)
                : buffer.type() == ElementType.F64
                        ? Arrays.toString(completed.buffers().doubles(buffer))
                        : Arrays.toString(completed.buffers().floats(buffer));
        System.out.println(what + " " + values);
    }

    private static String word(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Completed _ -> "completed";
            case RunOutcome.Faulted faulted -> "faulted: " + faulted.fault().message();
            case RunOutcome.TimedOut late -> "timed out: " + late.where().message();
            case RunOutcome.NoSuchEntry missing -> missing.message();
            case RunOutcome.Unsupported unsupported -> "unsupported: " + unsupported.message();
            case RunOutcome.DeviceLost lost -> "lost: " + lost.message();
        };
    }
}
