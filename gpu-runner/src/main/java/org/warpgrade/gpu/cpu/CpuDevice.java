package org.warpgrade.gpu.cpu;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceKind;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.PtxSyntaxException;

/** The device that is always there: PTX on the JVM, memory-safe, with findings. */
public final class CpuDevice implements Device {

    private final Map<Program, CpuProgram> programs = Collections.synchronizedMap(new WeakHashMap<>());
    private final Executor executor;
    private final int threads;

    /** One JVM thread per run: grading runs several checks at once. */
    public CpuDevice() {
        this(Executor.LANE_LOOPS);
    }

    public CpuDevice(Executor executor) {
        this(executor, 1);
    }

    /** All cores for every run, where the kernel allows it: for one program at a time. */
    public static CpuDevice onAllCores() {
        return new CpuDevice(Executor.LANE_LOOPS, Runtime.getRuntime().availableProcessors());
    }

    /** @param threads JVM threads that share the blocks of a large launch, where its kernel cannot tell their order */
    public CpuDevice(Executor executor, int threads) {
        this.executor = executor;
        this.threads = threads;
    }

    /** Takes the device through its whole path once, so that the first real program need not; cheap beside waiting. */
    public void warmUp() {
        WarmUp.run(this);
    }

    @Override
    public DeviceKind kind() {
        return DeviceKind.CPU;
    }

    @Override
    public String name() {
        return "CPU device (" + Runtime.getRuntime().availableProcessors() + " cores)";
    }

    @Override
    public RunOutcome run(Program program, Call call, RunSettings settings) {
        try {
            RunOutcome outcome = new CpuRun(loaded(program), executor, threads, program, call, settings).run();
            return outcome instanceof RunOutcome.Unsupported(String message, var _, RunTrace trace)
                            && InlinePtx.isIn(program)
                    ? InlinePtx.refused(message, trace)
                    : outcome;
        } catch (PtxSyntaxException unreadable) {
            String message = String.valueOf(unreadable.getMessage());
            return InlinePtx.isIn(program)
                    ? InlinePtx.refused(message, RunTrace.empty())
                    : new RunOutcome.Unsupported(message, null, RunTrace.empty());
        }
    }

    private CpuProgram loaded(Program program) {
        return programs.computeIfAbsent(
                program, p -> new CpuProgram(PtxParser.parse(p.ptx(), p.source().name()), p.hostVariables()));
    }

    @Override
    public void close() {
        programs.clear();
    }
}
