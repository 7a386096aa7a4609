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
        BlockOrder order = BlockOrder.of(run.settings().schedule(), blocks);
        List<BlockState> resident = new ArrayList<>();
        long next = 0;
        while (next < blocks || !resident.isEmpty()) {
            if (next < blocks && resident.size() < RESIDENT) {
                resident.add(new BlockState(
                        launch.kernel(), launch, order.at(next), launch.parameters(), run.settings().poison()));
                next++;
            }
            for (int i = 0; i < resident.size(); i++) {
                BlockState block = resident.get(i);
                turn(block);
                if (block.isDone()) {
                    finished(block);
                    resident.remove(i--);
                }
            }
        }
        return new Cost(total, most);
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
        int rotation = run.settings().schedule() == 0 ? 0 : (int) Long.remainderUnsigned(run.settings().schedule() * 31 + block.linear(), warps);
        while (left > 0 && !block.isDone()) {
            long moved = 0;
            for (int w = 0; w < warps; w++) {
                Warp warp = block.warps.get((w + rotation) % warps);
                if (!warp.isDone()) {
                    moved += interpreter.run(warp, WARP_TURN);
                }
            }
            if (moved == 0 && !block.isDone()) {
                throw new RunStopped(deadlock(block));
            }
            left -= moved;
            checkBudget(block);
        }
    }

    private void checkBudget(BlockState block) {
        boolean time = run.budget().isOutOfTime();
        if (!time && run.instructions() <= run.budget().limits().threadInstructions()) {
            return;
        }
        Stuck stuck = anyGroup(block);
        String what = time
                ? "the program was still running after "
                        + run.budget().limits().deadline().toMillis() / 1000.0 + " s"
                : "the program executed more than " + run.budget().limits().threadInstructions()
                        + " instructions";
        throw new RunStopped(interpreter.finding(
                time ? FindingKind.DEADLINE : FindingKind.STEP_BUDGET,
                Severity.ERROR,
                stuck.at(),
                stuck.warp(),
                stuck.lane(),
                what + " and was here: is this loop endless?"));
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
        String message = waiting + " threads of the block wait for ever: " + describe(firstGroup, first);
        if (second != null) {
            message += ", others wait at " + second.at();
        } else {
            message += ", but not all the threads that it waits for will come";
        }
        return interpreter.finding(
                FindingKind.DEADLOCK, Severity.ERROR, first.at(), first.warp(), first.lane(), message);
    }

    private static String describe(LaneGroup group, Stuck stuck) {
        String place = stuck.at() == null ? "" : " at " + stuck.at();
        return switch (group.wait) {
            case LaneGroup.Wait.AtBarrier(int id) -> (id == 0 ? "__syncthreads()" : "barrier " + id) + place;
            case LaneGroup.Wait.ForLanes(int mask) ->
                "a warp function with mask 0x" + Integer.toHexString(mask) + place;
            case null -> "an instruction" + place;
        };
    }
}
