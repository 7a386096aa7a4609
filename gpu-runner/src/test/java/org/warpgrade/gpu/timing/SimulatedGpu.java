package org.warpgrade.gpu.timing;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;

/**
 * A GPU whose times are known up to noise: lognormal jitter, now and then an outlier, and a clock that wanders slowly and
 * is the same for all programs. Its own clock advances by what it runs.
 */
final class SimulatedGpu implements TimedDevice {

    private final Random random;
    private final double jitter;
    private final double wander;
    private double clock;
    double trendPerRepetition;
    GpuState state = GpuState.unknown();
    private long repetitions;
    private double nanos;

    SimulatedGpu(long seed, double jitter, double wander) {
        this.random = new Random(seed);
        this.jitter = jitter;
        this.wander = wander;
    }

    /** A program that takes so long on average. */
    static Program taking(double micros) {
        return new Program(new CudaSource("sim.cu", ""), Double.toString(micros), "", "", List.of(), Map.of());
    }

    Contender contender(String name, double micros) {
        return contender(name, micros, (_, _, _) -> null);
    }

    Contender contender(String name, double micros, Check check) {
        return new Contender(name, this, taking(micros), new Workload() {
            @Override
            public Call call(int repetition) {
                return Call.of("entry");
            }

            @Override
            public String wrong(int repetition, Call call, TimedOutputs after) {
                return check.wrong(repetition, call, after);
            }
        });
    }

    @FunctionalInterface
    interface Check {
        String wrong(int repetition, Call call, TimedOutputs after);
    }

    @Override
    public Repetition time(Program program, Call rehearsal, Call timed, RunSettings settings) {
        double mean = Double.parseDouble(program.ptx());
        if (mean < 0) {
            return new Repetition.Ended(new RunOutcome.DeviceLost("gone", RunTrace.empty()));
        }
        clock = 0.9 * clock + wander * random.nextGaussian();
        double outlier = random.nextInt(30) == 0 ? 1 + random.nextDouble() : 1;
        double micros = mean
                * Math.exp(jitter * random.nextGaussian() + clock)
                * outlier
                * (1 + trendPerRepetition * repetitions++);
        nanos += micros * 1000;
        return new Repetition.Timed(
                micros, TimedOutputs.of(timed, new Buffers(Map.of(), (_, _) -> null)), RunTrace.empty());
    }

    long nanoTime() {
        return (long) nanos;
    }

    void overheats() {
        state = new GpuState(
                900, 2600, 91, 400, Set.of(GpuState.SlowedBy.HARDWARE_THERMAL, GpuState.SlowedBy.POWER_CAP));
    }

    @Override
    public GpuState state() {
        return state;
    }

    @Override
    public long l2Bytes() {
        return 50L << 20;
    }

    @Override
    public DeviceKind kind() {
        return DeviceKind.CUDA;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public RunOutcome run(Program program, Call call, RunSettings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
