package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/**
 * Runs the blocks of a launch. A block that does not finish in its turn stays resident while others get theirs, so
 * blocks may wait for one another.
 */
final class BlockScheduler {

    /** Warp instructions per turn of a block: long enough that ordinary blocks finish in one. */
    private static final long BLOCK_TURN = 200_000;

    /** Warp instructions per turn of a warp. */
    private static final long WARP_TURN = 10_000;

    /** Blocks resident at once; more would wait on a GPU, too. */
    private static final int RESIDENT = Machine.MULTIPROCESSORS * Machine.BLOCKS_PER_MULTIPROCESSOR;

    /** What a launch cost. */
    record Cost(long threadInstructions, long maxThreadInstructions) {}

    private final RunContext run;
    private final @Nullable KernelLaunch launch;
    private final WarpInterpreter interpreter;
    /** A block that is done: the next one can have its memory. */
    private @Nullable BlockState idle;

    private long total;
    private long most;

    /** A scheduler of the single thread of host code, turn by turn. */
    static BlockScheduler forHost(RunContext run, WarpInterpreter interpreter) {
        return new BlockScheduler(run, null, interpreter);
    }

    BlockScheduler(RunContext run, @Nullable KernelLaunch launch, WarpInterpreter interpreter) {
        this.run = run;
        this.launch = launch;
        this.interpreter = interpreter;
    }

    Cost runAll() {
        if (launch == null) {
            throw new IllegalStateException("host code has no blocks");
        }
        long blocks = launch.grid().count();
        return run(BlockOrder.of(run.settings().schedule(), blocks), blocks);
    }

    /** Runs so many blocks, in that order. */
    Cost run(BlockOrder order, long blocks) {
        if (launch == null) {
            throw new IllegalStateException("host code has no blocks");
        }
        List<BlockState> resident = new ArrayList<>();
        long next = 0;
        while (next < blocks || !resident.isEmpty()) {
            if (next < blocks && resident.size() < RESIDENT) {
                resident.add(begun(launch, order.at(next)));
                next++;
            }
            for (int i = 0; i < resident.size(); i++) {
                BlockState block = resident.get(i);
                turn(block);
                if (block.isDone()) {
                    finished(block);
                    resident.remove(i--);
                    idle = block;
                }
            }
        }
        return new Cost(total, most);
    }

    private BlockState begun(KernelLaunch ofBlock, long linear) {
        BlockState again = idle;
        if (again != null) {
            idle = null;
            again.begin(linear);
            return again;
        }
        return new BlockState(
                ofBlock.kernel(),
                ofBlock,
                linear,
                ofBlock.parameters(),
                run.settings().poison(),
                Watch.isNeeded(run.settings()));
    }

    private void finished(BlockState block) {
        for (Warp warp : block.warps) {
            for (long steps : warp.steps) {
                total += steps;
                most = Math.max(most, steps);
            }
        }
    }

    /** Runs a block until it is done or its turn is over. */
    void turn(BlockState block) {
        long left = BLOCK_TURN;
        int warps = block.warps.size();
        int rotation = run.settings().schedule() == 0
                ? 0
                : (int) Long.remainderUnsigned(run.settings().schedule() * 31 + block.linear(), warps);
        while (left > 0 && !block.isDone()) {
            long moved = 0;
            for (int w = 0; w < warps; w++) {
                Warp warp = block.warps.get((w + rotation) % warps);
                if (!warp.isDone()) {
                    moved += interpreter.run(warp, WARP_TURN);
                    checkBudget(block); // after each: 32 warps that never end would be a second late otherwise
                }
            }
            if (moved == 0 && !block.isDone()) {
                throw new RunStopped(deadlock(block));
            }
            left -= moved;
        }
    }

    private void checkBudget(BlockState block) {
        if (!run.budget().isOutOfTime() && !run.isOutOfSteps()) {
            return;
        }
        Stuck stuck = anyGroup(block);
        throw new RunStopped(
                run.budgetFinding(launch, block.linear(), stuck.warp().threadOf(stuck.lane()), stuck.at()));
    }

    private record Stuck(Warp warp, int lane, @Nullable SourceLocation at) {}

    private static Stuck anyGroup(BlockState block) {
        for (Warp warp : block.warps) {
            for (LaneGroup group : warp.groups) {
                return new Stuck(
                        warp,
                        Integer.numberOfTrailingZeros(group.lanes),
                        group.instruction().at());
            }
        }
        return new Stuck(block.warps.getFirst(), 0, null);
    }

    private Finding deadlock(BlockState block) {
        Stuck first = null;
        Stuck second = null;
        LaneGroup firstGroup = null;
        int waiting = 0;
        for (Warp warp : block.warps) {
            for (LaneGroup group : warp.groups) {
                waiting += Integer.bitCount(group.lanes);
                Stuck here = new Stuck(
                        warp,
                        Integer.numberOfTrailingZeros(group.lanes),
                        group.instruction().at());
                if (first == null) {
                    first = here;
                    firstGroup = group;
                } else if (second == null && group.instruction() != firstGroup.instruction()) {
                    second = here;
                }
            }
        }
        if (first == null || firstGroup == null) {
            throw new IllegalStateException("a block without groups is done");
        }
        String what = firstGroup.wait instanceof LaneGroup.Wait.ForLanes(int mask)
                ? BlockBarriers.warpFunction(mask)
                : BlockBarriers.name(firstGroup.wait instanceof LaneGroup.Wait.AtBarrier(int id) ? id : 0);
        String message =
                BlockBarriers.deadlock(waiting, what, first.at(), second != null, second == null ? null : second.at());
        return interpreter
                .at()
                .finding(FindingKind.DEADLOCK, Severity.ERROR, first.at(), first.warp(), first.lane(), message);
    }
}
