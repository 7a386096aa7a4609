package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.host.ProgramFault;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.cpu.BlockState.BarrierState;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * Barriers of a block, counted per thread (PTX ISA 9.7.13.1): released when all live threads, or as many as the
 * instruction says, have arrived.
 */
final class BlockBarriers {

    private final WarpInterpreter interpreter;

    BlockBarriers(WarpInterpreter interpreter) {
        this.interpreter = interpreter;
    }

    void arrive(Warp warp, LaneGroup group, int lanes, Op.Barrier op, Instruction instruction) {
        int others = group.lanes & ~lanes;
        if (others != 0) {
            warp.groups.add(group.part(group.pc + 1, others));
            group.lanes = lanes;
        }
        int leader = Integer.numberOfTrailingZeros(lanes);
        long id = interpreter.value(op.id(), warp, group.frame, leader);
        if (id < 0 || id >= BlockState.BARRIERS) {
            throw new ProgramFault(FindingKind.BARRIER_DIVERGENCE, "barrier " + id + " does not exist");
        }
        BarrierState barrier = warp.block.barriers[(int) id];
        if (op.threads() != null) {
            barrier.expected = (int) interpreter.value(op.threads(), warp, group.frame, leader);
        } else {
            checkPlace(warp, leader, barrier, instruction);
        }
        barrier.arrived += Integer.bitCount(lanes);
        if (op.predicate() != null) {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                boolean vote =
                        interpreter.value(op.predicate(), warp, group.frame, Integer.numberOfTrailingZeros(rest)) != 0;
                barrier.popc += vote ? 1 : 0;
                barrier.and &= vote;
                barrier.or |= vote;
            }
        }
        if (op.mode() == Op.BarrierMode.ARRIVE) {
            group.pc++;
        } else {
            group.wait = new LaneGroup.Wait.AtBarrier((int) id);
            barrier.waiting.add(group);
        }
        releaseIfComplete(warp.block, barrier);
    }

    /** {@code __syncthreads} must be the same one for all threads of the block. */
    private void checkPlace(Warp warp, int lane, BarrierState barrier, Instruction instruction) {
        if (barrier.first == null) {
            barrier.first = instruction;
        } else if (barrier.first != instruction) {
            interpreter.report(
                    FindingKind.BARRIER_DIVERGENCE,
                    Severity.ERROR,
                    instruction.at(),
                    warp,
                    lane,
                    differentPlaces(barrier.first.at()));
        }
        if (warp.block.liveThreads < warp.block.threads()) {
            interpreter.report(
                    FindingKind.BARRIER_DIVERGENCE,
                    Severity.WARNING,
                    instruction.at(),
                    warp,
                    lane,
                    returnedBefore(warp.block.threads() - warp.block.liveThreads));
        }
    }

    void afterExit(BlockState block) {
        for (BarrierState barrier : block.barriers) {
            if (barrier.arrived > 0) {
                releaseIfComplete(block, barrier);
            }
        }
    }

    private void releaseIfComplete(BlockState block, BarrierState barrier) {
        int needed = barrier.expected > 0 ? barrier.expected : block.liveThreads;
        if (barrier.arrived < needed) {
            return;
        }
        for (int i = 0; i < barrier.waiting.size(); i++) {
            LaneGroup group = barrier.waiting.get(i);
            Op.Barrier op = (Op.Barrier) group.instruction().op();
            long result =
                    switch (op.mode()) {
                        case RED_POPC -> barrier.popc;
                        case RED_AND -> barrier.and ? 1 : 0;
                        case RED_OR -> barrier.or ? 1 : 0;
                        case SYNC, ARRIVE -> 0;
                    };
            for (int rest = group.lanes; rest != 0; rest &= rest - 1) {
                group.frame.set(op.d(), Integer.numberOfTrailingZeros(rest), result);
            }
            group.wait = null;
            group.pc++;
        }
        barrier.waiting.clear();
        barrier.arrived = 0;
        barrier.first = null;
        barrier.popc = 0;
        barrier.and = true;
        barrier.or = false;
        barrier.expected = 0;
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
