package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Runs the blocks of a launch on several JVM threads, if nothing in the kernel can tell the order of blocks: no atomics, no
 * volatile accesses or fences, no calls (printf keeps its order), no clocks. What is reported is what one thread would have
 * reported: findings are put in the order of the blocks, and of two blocks that fault the earlier one counts.
 */
final class ParallelBlocks {

    /** Below this many threads times instructions, starting JVM threads costs more than it gains. */
    private static final long WORTHWHILE = 2_000_000;

    /** Blocks of a thread after which it asks whether there is a better way to go on. */
    private static final int BETWEEN_LOOKS = 16;

    private final RunContext run;
    private final KernelLaunch launch;
    private final LaneCompiler.Compiled compiled;
    private final BlockOrder order;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong firstFault = new AtomicLong(Long.MAX_VALUE);
    private final Map<Long, RuntimeException> faults = new ConcurrentSkipListMap<>();
    private final Map<Long, FindingLog> findings = new ConcurrentSkipListMap<>();
    private final AtomicReference<Error> error = new AtomicReference<>();
    private final AtomicLong executed = new AtomicLong();
    private final List<LaneExecutor> executors = new CopyOnWriteArrayList<>();
    private final Faster faster;

    /** Tells a better way to go on after so many instructions of threads, null if there is none. */
    @FunctionalInterface
    interface Faster {
        LaneCompiler.@Nullable Compiled after(long executed);
    }

    ParallelBlocks(RunContext run, KernelLaunch launch, LaneCompiler.Compiled compiled, Faster faster) {
        this.run = run;
        this.launch = launch;
        this.compiled = compiled;
        this.faster = faster;
        this.order = BlockOrder.of(run.settings().schedule(), launch.grid().count());
    }

    /** Whether the launch is large enough, and its blocks cannot notice one another. */
    static boolean suits(KernelLaunch launch, LinkedKernel linked) {
        TypedFunction kernel = launch.kernel();
        long work =
                launch.grid().count() * launch.threadsPerBlock() * kernel.code().size();
        return launch.grid().count() > 1
                && work >= WORTHWHILE
                && kernel.code().stream().allMatch(instruction -> keepsToItsBlock(instruction, linked));
    }

    private static boolean keepsToItsBlock(Instruction instruction, LinkedKernel linked) {
        return switch (instruction.op()) {
            case Op.Atomic atomic -> atomic.space() == Op.Space.SHARED;
            case Op.Call call -> call.name() != null && linked.entersBody(call);
            case Op.Fence _ -> false;
            case Op.Load load -> !load.order().isStrong();
            case Op.Store store -> !store.order().isStrong();
            case Op.Copy copy -> !isClock(copy.a());
            case Op.Compute compute -> compute.sources().stream().noneMatch(ParallelBlocks::isClock);
            default -> true;
        };
    }

    private static boolean isClock(Source source) {
        return source instanceof Source.Special(SpecialRegister which)
                && switch (which) {
                    case CLOCK, CLOCK_HI, CLOCK64, GLOBALTIMER, GLOBALTIMER_LO, GLOBALTIMER_HI -> true;
                    default -> false;
                };
    }

    /** Runs all blocks. */
    BlockScheduler.Cost run(int threads) {
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, launch.grid().count()); i++) {
            executors.add(new LaneExecutor(run, launch, compiled, null));
        }
        Budget.Share share = run.budget().share();
        for (LaneExecutor executor : executors.subList(1, executors.size())) {
            others.add(Thread.ofPlatform().daemon().name("warpgrade-blocks").start(() -> {
                share.begin();
                work(executor);
            }));
        }
        work(executors.getFirst());
        others.forEach(ParallelBlocks::join);
        tell();
        return executors.stream().map(LaneExecutor::cost).reduce(new BlockScheduler.Cost(0, 0), ParallelBlocks::sum);
    }

    private void work(LaneExecutor first) {
        LaneExecutor executor = first;
        long counted = 0;
        int done = 0;
        long blocks = launch.grid().count();
        for (long position = next.getAndIncrement();
                position < blocks && position < firstFault.get();
                position = next.getAndIncrement()) {
            FindingLog log = new FindingLog();
            try {
                run.reportingTo(log);
                executor.runBlock(order.at(position));
            } catch (RuntimeException fault) {
                faults.put(position, fault);
                firstFault.accumulateAndGet(position, Math::min);
            } catch (Error thrown) {
                error.compareAndSet(null, thrown);
                firstFault.set(-1);
            } finally {
                run.reportingTo(null);
            }
            if (!log.all().isEmpty()) {
                findings.put(position, log);
            }
            if (++done % BETWEEN_LOOKS == 0 && executor == first) {
                long now = executor.cost().threadInstructions();
                executor = onwards(first, executed.addAndGet(now - counted));
                counted = now;
            }
        }
    }

    /** What runs the next blocks. */
    private LaneExecutor onwards(LaneExecutor present, long instructions) {
        LaneCompiler.Compiled better = faster.after(instructions);
        if (better == null || better == compiled) {
            return present;
        }
        LaneExecutor next = new LaneExecutor(run, launch.of(better.plan().function()), better, null);
        executors.add(next);
        return next;
    }

    /** Reports as if the blocks had run one after the other. */
    private void tell() {
        Error thrown = error.get();
        if (thrown != null) {
            throw thrown;
        }
        long last = firstFault.get();
        findings.forEach((position, log) -> {
            if (position <= last) {
                for (Finding finding : log.all()) {
                    run.findings().add(finding);
                }
            }
        });
        RuntimeException fault = faults.get(last);
        if (fault != null) {
            throw fault;
        }
    }

    private static BlockScheduler.Cost sum(BlockScheduler.Cost a, BlockScheduler.Cost b) {
        return new BlockScheduler.Cost(
                a.threadInstructions() + b.threadInstructions(),
                Math.max(a.maxThreadInstructions(), b.maxThreadInstructions()));
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
