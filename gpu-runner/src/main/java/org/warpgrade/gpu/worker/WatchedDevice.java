package org.warpgrade.gpu.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunOutcome.DeviceLost;
import org.warpgrade.gpu.RunOutcome.Faulted;
import org.warpgrade.gpu.RunOutcome.NoSuchEntry;
import org.warpgrade.gpu.RunOutcome.TimedOut;
import org.warpgrade.gpu.RunOutcome.Unsupported;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.timing.GpuState;
import org.warpgrade.gpu.timing.Repetition;
import org.warpgrade.gpu.timing.TimedDevice;

/**
 * The cuda device of grading: values come from the GPU; what a GPU cannot tell, the line of a fault, races, reads of
 * memory that nobody wrote, instruction counts, comes from the CPU device, which runs the same call meanwhile. A program
 * passes if it passes on both, so a verdict does not depend on whether there was a GPU.
 */
public final class WatchedDevice implements TimedDevice {

    private final TimedDevice gpu;
    private final Device cpu;
    private final Runnable betweenPrograms;
    private @Nullable CudaSource last;

    /** @param betweenPrograms called before the run of another source than the last: a submission gets a fresh process */
    public WatchedDevice(TimedDevice gpu, Device cpu, Runnable betweenPrograms) {
        this.gpu = gpu;
        this.cpu = cpu;
        this.betweenPrograms = betweenPrograms;
    }

    @Override
    public DeviceKind kind() {
        return DeviceKind.CUDA;
    }

    @Override
    public String name() {
        return gpu.name();
    }

    @Override
    public RunOutcome run(Program program, Call call, RunSettings settings) {
        separate(program);
        CompletableFuture<RunOutcome> onGpu = CompletableFuture.supplyAsync(
                () -> gpu.run(program, call, settings),
                work -> Thread.ofPlatform().daemon().name("gpu-run").start(work));
        RunOutcome watched = cpu.run(program, call, settings);
        return merged(watched, onGpu.join());
    }

    private synchronized void separate(Program program) {
        if (last != null && !last.equals(program.source())) {
            betweenPrograms.run();
        }
        last = program.source();
    }

    private static RunOutcome merged(RunOutcome watched, RunOutcome measured) {
        return switch (watched) {
            // What the CPU device finds wrong it finds with line and thread, and it is wrong everywhere.
            case Faulted _, TimedOut _, NoSuchEntry _ -> watched;
            // What only a GPU can run has only its word.
            case Unsupported _, DeviceLost _ -> measured;
            case Completed(Buffers buffers, RunTrace seen) ->
                switch (measured) {
                    case Completed own -> new Completed(own.buffers().withWritersOf(buffers), both(seen, own.trace()));
                    case Faulted own -> new Faulted(own.fault(), both(seen, own.trace()));
                    case TimedOut own -> new TimedOut(own.where(), both(seen, own.trace()));
                    case NoSuchEntry _, Unsupported _, DeviceLost _ -> measured;
                };
        };
    }

    /** Launches as the GPU ran them with the counts of the CPU device; findings of both, each kind once. */
    private static RunTrace both(RunTrace seen, RunTrace own) {
        List<LaunchRecord> launches = new ArrayList<>();
        for (int i = 0; i < own.launches().size(); i++) {
            LaunchRecord launch = own.launches().get(i);
            boolean same = i < seen.launches().size()
                    && seen.launches().get(i).kernel().equals(launch.kernel());
            launches.add(same ? counted(launch, seen.launches().get(i)) : launch);
        }
        List<Finding> findings = new ArrayList<>(seen.findings());
        own.findings().stream()
                .filter(f -> seen.findings().stream().noneMatch(known -> known.kind() == f.kind()))
                .forEach(findings::add);
        return new RunTrace(launches, findings, own.printed(), own.scratchBytes(), own.hostInstructions(), own.nanos());
    }

    private static LaunchRecord counted(LaunchRecord own, LaunchRecord seen) {
        return new LaunchRecord(
                own.kernel(),
                own.displayName(),
                own.at(),
                own.grid(),
                own.block(),
                own.dynamicSharedBytes(),
                own.arguments(),
                seen.threadInstructions(),
                seen.maxThreadInstructions(),
                own.nanos(),
                seen.counters());
    }

    @Override
    public Repetition time(Program program, Call rehearsal, Call timed, RunSettings settings) {
        return gpu.time(program, rehearsal, timed, settings);
    }

    @Override
    public GpuState state() {
        return gpu.state();
    }

    @Override
    public long l2Bytes() {
        return gpu.l2Bytes();
    }

    @Override
    public void close() {
        gpu.close();
        cpu.close();
    }
}
