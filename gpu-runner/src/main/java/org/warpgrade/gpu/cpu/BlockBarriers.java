package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * Barriers of a block, counted per thread (PTX ISA 9.7.13.1): released when all live threads, or as many as the
 * instruction says, have arrived.
 */
final class BlockBarriers {

    private final RunContext run;
    private final LaneValues values;
    private final LaneAtWork at;
    private final @Nullable Watch watch;

    BlockBarriers(RunContext run, LaneValues values, LaneAtWork at, @Nullable Watch watch) {
        this.run = run;
        this.values = values;
        this.at = at;
        this.watch = watch;
    }

    void arrive(Warp warp, LaneGroup group, int lanes, Op.Barrier op, Instruction instruction) {
        int others = group.lanes & ~lanes;
        if (others != 0) {
            warp.groups.add(group.part(group.pc + 1, others));
            group.lanes = lanes;
        }
        int leader = Integer.numberOfTrailingZeros(lanes);
        long id = values.of(op.id(), warp, group.frame, leader);
        if (id < 0 || id >= BarrierState.PER_BLOCK) {
            throw new ProgramFault(FindingKind.BARRIER_DIVERGENCE, "barrier " + id + " does not exist");
        }
        BarrierState barrier = warp.block.barriers[(int) id];
        if (op.threads() != null) {
            barrier.expected = (int) values.of(op.threads(), warp, group.frame, leader);
        } else {
            checkPlace(warp, leader, barrier, instruction);
        }
        for (int rest = lanes; rest != 0; ) {
            int lane = Integer.numberOfTrailingZeros(rest);
            int row = Integer.numberOfTrailingZeros(~(rest >>> lane));
            barrier.arrive(warp.threadOf(lane), warp.threadOf(lane) + row);
            rest &= lane + row == Frame.LANES ? 0 : -1 << lane + row;
        }
        if (op.predicate() != null) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                barrier.vote(values.of(op.predicate(), warp, group.frame, lane) != 0);
            }
        }
        if (op.mode() == Op.BarrierMode.ARRIVE) {
            group.pc++;
        } else {
            group.wait = new LaneGroup.Wait.AtBarrier((int) id);
            warp.block.waiting.get((int) id).add(group);
        }
        releaseIfComplete(warp.block, (int) id);
    }

    /** {@code __syncthreads} must be the same one for all threads of the block. */
    private void checkPlace(Warp warp, int lane, BarrierState barrier, Instruction instruction) {
        if (barrier.first == null) {
            barrier.first = instruction;
        } else if (barrier.first != instruction) {
            report(Severity.ERROR, warp, lane, instruction, differentPlaces(barrier.first.at()));
        }
        if (warp.block.liveThreads < warp.block.threads()) {
            int gone = warp.block.threads() - warp.block.liveThreads;
            report(Severity.WARNING, warp, lane, instruction, returnedBefore(gone));
        }
    }

    private void report(Severity severity, Warp warp, int lane, Instruction instruction, String message) {
        run.findings().add(at.finding(FindingKind.BARRIER_DIVERGENCE, severity, instruction.at(), warp, lane, message));
    }

    void afterExit(BlockState block) {
        for (int id = 0; id < block.barriers.length; id++) {
            if (block.barriers[id].arrived > 0) {
                releaseIfComplete(block, id);
            }
        }
    }

    private void releaseIfComplete(BlockState block, int id) {
        BarrierState barrier = block.barriers[id];
        if (!barrier.isComplete(block.liveThreads)) {
            return;
        }
        for (LaneGroup group : block.waiting.get(id)) {
            Op.Barrier op = (Op.Barrier) group.instruction().op();
            long result = barrier.result(op.mode());
            for (int rest = group.lanes; rest != 0; rest &= rest - 1) {
                group.frame.set(op.d(), Integer.numberOfTrailingZeros(rest), result);
            }
            group.wait = null;
            group.pc++;
        }
        block.waiting.get(id).clear();
        if (watch != null) {
            barrier.note(block.meetings, watch.tick());
        }
        barrier.reset();
    }

    // ------------------------------------------------------------------ words, the same for both executors

    static String differentPlaces(@Nullable SourceLocation other) {
        return "threads of one block wait at different barriers (here and at " + other
                + "): every thread of the block must reach the same __syncthreads()";
    }

    static String returnedBefore(int threads) {
        return threads + " threads of the block have returned before this __syncthreads()";
    }

    static String name(long id) {
        return id == 0 ? "__syncthreads()" : "barrier " + id;
    }

    static String warpFunction(int mask) {
        return "a warp function with mask 0x" + Integer.toHexString(mask);
    }

    static String deadlock(
            int threads, String what, @Nullable SourceLocation at, boolean others, @Nullable SourceLocation other) {
        return threads + " threads of the block wait for ever: " + what + (at == null ? "" : " at " + at)
                + (others ? ", others wait at " + other : ", but not all the threads that it waits for will come");
    }
}
