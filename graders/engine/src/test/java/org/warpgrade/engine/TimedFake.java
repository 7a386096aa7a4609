package org.warpgrade.engine;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedDevice;
import org.warpgrade.gpu.timing.TimedOutputs;

/** A GPU that is right about everything but what the source says: {@code TAKES 100} microseconds, DRIFTS, FAULTS, LOST, HOST. */
final class TimedFake implements TimedDevice {

    private static final Pattern TAKES = Pattern.compile("TAKES (\\d+)");

    private final Device right = FakeDevice.running(Softmax::right);
    GpuState state = GpuState.unknown();
    int repetitions;

    void overheats() {
        state = new GpuState(900, 2600, 91, 400, Set.of(GpuState.SlowedBy.HARDWARE_THERMAL));
    }

    @Override
    public Repetition time(Program program, Call rehearsal, Call timed, RunSettings settings) {
        repetitions++;
        String text = program.source().text();
        if (text.contains("LOST")) {
            return new Repetition.Ended(new RunOutcome.DeviceLost("the GPU is gone", RunTrace.empty()));
        }
        if (text.contains("FAULTS")) {
            Finding fault = new Finding(
                    FindingKind.OUT_OF_BOUNDS, Severity.ERROR, null, "k", null, null, "writes past the end of y");
            return new Repetition.Ended(new RunOutcome.Faulted(fault, RunTrace.empty()));
        }
        if (text.contains("HOST")) {
            return new Repetition.NotTimable("the entry copies results to the host");
        }
        Device device = text.contains("DRIFTS") ? FakeDevice.running(_ -> {}) : right;
        RunOutcome.Completed completed = (RunOutcome.Completed) device.run(program, timed, settings);
        Matcher takes = TAKES.matcher(text);
        double micros = takes.find() ? Double.parseDouble(takes.group(1)) : 100;
        return new Repetition.Timed(micros, TimedOutputs.of(timed, completed.buffers()), completed.trace());
    }

    @Override
    public RunOutcome run(Program program, Call call, RunSettings settings) {
        return program.source().text().contains("WRONG")
                ? FakeDevice.running(_ -> {}).run(program, call, settings)
                : right.run(program, call, settings);
    }

    @Override
    public GpuState state() {
        return state;
    }

    @Override
    public long l2Bytes() {
        return 1 << 20;
    }

    @Override
    public DeviceKind kind() {
        return DeviceKind.CUDA;
    }

    @Override
    public String name() {
        return "Fake GPU";
    }

    @Override
    public void close() {}
}
