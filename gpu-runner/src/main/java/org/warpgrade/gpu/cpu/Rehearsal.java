package org.warpgrade.gpu.cpu;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.host.RuntimeCalls;
import org.warpgrade.gpu.ptx.typed.UnsupportedPtxException;

/**
 * Counts a launch by its blocks or some of them: memory is put back to what it was before the launch, the blocks run on the
 * interpreter, and then memory is again what it was when counting began. A kernel whose blocks wait for one another or whose threads
 * allocate memory cannot be taken apart like that; nothing is counted of it.
 */
final class Rehearsal {

    /** Blocks that take longer wait for others that never come; the launch itself needs the rest of the time. */
    private static final int SHARE_OF_DEADLINE = 4;

    private final RunContext run;
    private final KernelLaunch launch;
    private final String sourceFile;
    private final List<Runnable> before;
    private long spent;

    /** To be made before the launch: remembers the memory. */
    Rehearsal(RunContext run, KernelLaunch launch, String sourceFile) {
        this.run = run;
        this.launch = launch;
        this.sourceFile = sourceFile;
        this.before = memory(run);
    }

    private static List<Runnable> memory(RunContext run) {
        return run.memory().allocations().stream().map(Allocation::remember).toList();
    }

    /**
     * Counts of some blocks, scaled to the launch; null if they cannot run by themselves.
     *
     * @param most at most so many blocks
     * @param instructions no further block after so many thread instructions
     */
    @Nullable
    LaunchCounters count(long most, long instructions) {
        List<Runnable> after = memory(run);
        before.forEach(Runnable::run);
        try {
            return counted(most, instructions);
        } finally {
            after.forEach(Runnable::run);
        }
    }

    /** The same before the launch has run, when memory is still what it was. */
    @Nullable
    LaunchCounters countAhead(long most) {
        try {
            return counted(most, Long.MAX_VALUE);
        } finally {
            before.forEach(Runnable::run);
        }
    }

    private @Nullable LaunchCounters counted(long most, long instructions) {
        LaunchCount count = new LaunchCount(sourceFile, run.memory());
        RunContext apart = new RunContext(run.module(), run.memory(), hurried(run.settings()));
        WarpInterpreter interpreter = new WarpInterpreter(
                apart,
                launch.kernel().name(),
                new LaneMemory(run.memory(), null),
                new WithoutHeap(new KernelCalls(apart)),
                null,
                count);
        try {
            long blocks = launch.grid().count();
            BlockOrder order = BlockOrder.spread(blocks);
            BlockScheduler scheduler = new BlockScheduler(apart, launch, interpreter);
            long counted = 0;
            long enough = apart.settings().limits().deadline().dividedBy(2).toNanos();
            while (counted < Math.min(most, blocks)
                    && (counted == 0 || apart.instructions() < instructions && apart.nanos() < enough)) {
                scheduler.run(order.from(counted), 1);
                counted++;
            }
            spent = apart.instructions();
            return count.result(counted, blocks);
        } catch (RunStopped | ProgramFault | UnsupportedPtxException impossible) {
            // If it is the program's fault, the launch itself will tell.
            return null;
        }
    }

    /** Thread instructions that counting took. */
    long spent() {
        return spent;
    }

    private static RunSettings hurried(RunSettings settings) {
        Duration deadline = settings.limits().deadline().dividedBy(SHARE_OF_DEADLINE);
        return settings.withSanitize(false).withLimits(settings.limits().withDeadline(deadline));
    }

    /** Memory that a kernel allocates could not be given back. */
    private record WithoutHeap(RuntimeCalls calls) implements RuntimeCalls {

        @Override
        public boolean call(String name, Site site) {
            if (name.equals("malloc") || name.equals("free")) {
                throw new UnsupportedPtxException("a rehearsal does not " + name, site.at());
            }
            return calls.call(name, site);
        }
    }
}
