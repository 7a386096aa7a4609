package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.compile.KernelNames;
import org.warpgrade.gpu.cpu.Allocation.Origin;
import org.warpgrade.gpu.host.CudaError;
import org.warpgrade.gpu.host.DeviceBackend;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.AddressMap;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/** The CPU device as host code sees it. */
final class CpuBackend implements DeviceBackend {

    private final RunContext run;
    private final CpuProgram program;
    private final Executor executor;
    private final int threads;
    private final String sourceFile;
    private long instructionsCounted;
    private final List<LaunchRecord> launches = new ArrayList<>();

    /** @param sourceFile the student's file, whose lines are counted */
    CpuBackend(RunContext run, CpuProgram program, Executor executor, int threads, String sourceFile) {
        this.run = run;
        this.program = program;
        this.executor = executor;
        this.threads = threads;
        this.sourceFile = sourceFile;
    }

    List<LaunchRecord> launches() {
        return launches;
    }

    @Override
    public long allocate(long bytes) {
        return allocate(bytes, null);
    }

    @Override
    public long allocate(long bytes, @Nullable SourceLocation at) {
        Allocation allocation = run.memory().allocate(bytes, Origin.PROGRAM, at);
        return allocation == null ? 0 : allocation.base();
    }

    @Override
    public void free(long address) {
        run.memory().free(address, Origin.PROGRAM);
    }

    @Override
    public void fill(long address, byte value, long bytes) {
        if (bytes == 0) {
            return;
        }
        Allocation allocation = range(address, bytes, true);
        int offset = (int) (address - allocation.base());
        Arrays.fill(allocation.data(), offset, offset + (int) bytes, value);
        allocation.markWritten(offset, (int) bytes);
    }

    @Override
    public void copy(long to, long from, long bytes) {
        Allocation source = range(from, bytes, false);
        Allocation target = range(to, bytes, true);
        int sourceOffset = (int) (from - source.base());
        int targetOffset = (int) (to - target.base());
        System.arraycopy(source.data(), sourceOffset, target.data(), targetOffset, (int) bytes);
        target.copyWritten(targetOffset, source, sourceOffset, (int) bytes);
    }

    @Override
    public byte[] read(long address, int bytes) {
        Allocation allocation = range(address, bytes, false);
        int offset = (int) (address - allocation.base());
        return Arrays.copyOfRange(allocation.data(), offset, offset + bytes);
    }

    @Override
    public void write(long address, byte[] bytes) {
        Allocation allocation = range(address, bytes.length, true);
        int offset = (int) (address - allocation.base());
        System.arraycopy(bytes, 0, allocation.data(), offset, bytes.length);
        allocation.markWritten(offset, bytes.length);
    }

    private Allocation range(long address, long bytes, boolean write) {
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw run.memory().outOfBounds(address, Integer.MAX_VALUE, write);
        }
        return run.memory().check(address, (int) bytes, write);
    }

    @Override
    public boolean isDeviceAddress(long address) {
        return AddressMap.windowOf(address) == AddressMap.GLOBAL;
    }

    @Override
    public boolean isOutOfTime() {
        return run.budget().isOutOfTime();
    }

    @Override
    public long freeBytes() {
        return run.memory().freeBytes();
    }

    @Override
    public long totalBytes() {
        return run.settings().limits().deviceBytes();
    }

    @Override
    public long heapLimit() {
        return run.memory().heapLimit();
    }

    @Override
    public CudaError limitHeap(long bytes) {
        return run.memory().limitHeap(bytes);
    }

    @Override
    public @Nullable KernelFacts kernelAt(long address) {
        String name = run.module().layout().functionAt(address);
        TypedFunction function = name == null ? null : run.module().function(name, name);
        return function == null || !function.kernel() ? null : facts(function);
    }

    static KernelFacts facts(TypedFunction kernel) {
        return new KernelFacts(
                kernel.name(),
                KernelNames.readable(kernel.name()),
                kernel.parameters(),
                kernel.parameterBytes(),
                kernel.sharedBytes(),
                kernel.maxThreads());
    }

    @Override
    public void launch(LaunchRequest request) {
        TypedFunction kernel =
                run.module().function(request.kernel().name(), request.kernel().name());
        if (kernel == null) {
            throw new IllegalStateException("kernel " + request.kernel().name() + " has vanished");
        }
        KernelLaunch launch = new KernelLaunch(
                launches.size(),
                kernel,
                request.kernel().displayName(),
                request.at(),
                request.grid(),
                request.block(),
                request.dynamicSharedBytes(),
                request.arguments());
        long begin = System.nanoTime();
        Executed executed = new Executed(new BlockScheduler.Cost(0, 0), null);
        try {
            executed = countedOrNot(launch);
        } finally {
            launches.add(new LaunchRecord(
                    kernel.name(),
                    request.kernel().displayName(),
                    request.at(),
                    request.grid(),
                    request.block(),
                    request.dynamicSharedBytes(),
                    request.arguments(),
                    executed.cost().threadInstructions(),
                    executed.cost().maxThreadInstructions(),
                    System.nanoTime() - begin,
                    executed.counters()));
        }
    }

    private record Executed(
            BlockScheduler.Cost cost, @Nullable LaunchCounters counters) {}

    private Executed countedOrNot(KernelLaunch launch) {
        Counting counting = run.settings().counters();
        long blocks = launch.grid().count();
        if (counting.isFull() || counting.blocks() >= blocks && counting.threadInstructions() == Long.MAX_VALUE) {
            return countedInFull(launch, blocks);
        }
        if (!counting.isOn()) {
            return new Executed(execute(launch), null);
        }
        Rehearsal rehearsal = new Rehearsal(run, launch, sourceFile);
        BlockScheduler.Cost cost = execute(launch);
        return new Executed(cost, rehearsed(rehearsal, cost.threadInstructions() / blocks, counting));
    }

    /**
     * Looking for mistakes and counting at once costs more than one after the other, because the lane loops find mistakes faster
     * than the interpreter. A launch whose blocks cannot be counted by themselves is interpreted, watched and counted.
     */
    private Executed countedInFull(KernelLaunch launch, long blocks) {
        if (Watch.isNeeded(run.settings())) {
            LaunchCounters counters = new Rehearsal(run, launch, sourceFile).countAhead(blocks);
            if (counters != null && counters.countedBlocks() == blocks) {
                return new Executed(execute(launch), counters);
            }
        }
        LaunchCount count = new LaunchCount(sourceFile, run.memory());
        return new Executed(interpret(launch, watch(launch), count), count.result(blocks, blocks));
    }

    /** Each launch may take half of what its predecessors left, so that a late one is still counted. */
    private @Nullable LaunchCounters rehearsed(Rehearsal rehearsal, long perBlock, Counting counting) {
        long left = counting.threadInstructions() - instructionsCounted;
        if (perBlock > left) {
            return null;
        }
        LaunchCounters counters = rehearsal.count(counting.blocks(), left / 2);
        instructionsCounted += rehearsal.spent();
        return counters;
    }

    /** The sanitizers of a launch; null if nobody asks for them. */
    private @Nullable Watch watch(KernelLaunch launch) {
        return Watch.isNeeded(run.settings()) ? new Watch(run, launch) : null;
    }

    private BlockScheduler.Cost execute(KernelLaunch launch) {
        int local = launch.kernel().localBytes();
        if (local > Warp.STACK_LIMIT) {
            throw new ProgramFault(
                    FindingKind.STACK_OVERFLOW,
                    "each thread of " + launch.displayName() + " needs " + local + " bytes of local memory; at most "
                            + Warp.STACK_LIMIT + " are given");
        }
        boolean watched = Watch.isNeeded(run.settings());
        Optional<LaneCompiler.Compiled> lanes = lanes(launch, watched);
        if (lanes.isEmpty()) {
            return interpret(launch, watch(launch), null);
        }
        RegionPlan plan = lanes.get().plan();
        KernelLaunch linked = launch.of(plan.function());
        boolean parallel = !watched && threads > 1 && ParallelBlocks.suits(linked, plan.linked());
        BlockScheduler.Cost cost = parallel
                ? new ParallelBlocks(run, linked, lanes.get(), executed -> later(launch, executed)).run(threads)
                : new LaneExecutor(run, linked, lanes.get(), watch(linked)).runBlocks(0, 1);
        program.ran(launch.kernel(), cost);
        return cost;
    }

    /** The lane loops that run a launch; empty if the interpreter does. */
    private Optional<LaneCompiler.Compiled> lanes(KernelLaunch launch, boolean watched) {
        if (executor == Executor.WARP_INTERPRETER) {
            return Optional.empty();
        }
        // Other schedules are there to run the lanes in other orders.
        return watched || run.settings().schedule() != 0
                ? program.lanes(launch.kernel(), watched)
                : program.lanesAbreast(launch, executor == Executor.LANES_ABREAST);
    }

    /** What may run the rest of a launch after so many instructions; null if there is nothing better. */
    private LaneCompiler.@Nullable Compiled later(KernelLaunch launch, long executed) {
        return run.settings().schedule() == 0 ? program.laterAbreast(launch, executed) : null;
    }

    private BlockScheduler.Cost interpret(KernelLaunch launch, @Nullable Watch watch, @Nullable LaunchCount count) {
        WarpInterpreter interpreter = new WarpInterpreter(
                run, launch.kernel().name(), new LaneMemory(run.memory(), null), new KernelCalls(run), watch, count);
        return new BlockScheduler(run, launch, interpreter).runAll();
    }
}
