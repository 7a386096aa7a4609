package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/** Barriers of the block as compiled lanes meet them: who has come, and whom to let go on. */
final class LaneBarriers {

    private final RunContext run;
    private final KernelLaunch launch;
    private final RegionPlan plan;
    private final SpilledRegisters registers;
    private final @Nullable Watch watch;

    LaneBarriers(
            RunContext run, KernelLaunch launch, RegionPlan plan, SpilledRegisters registers, @Nullable Watch watch) {
        this.run = run;
        this.launch = launch;
        this.plan = plan;
        this.registers = registers;
        this.watch = watch;
    }

    /** The barrier that a lane's instruction names. */
    BarrierState named(Cohort cohort, Op.Barrier op, LaneBlock block, int lane) {
        return block.barriers[(int) registers.value(cohort, op.id(), lane)];
    }

    /** The barrier that a lane comes to. */
    private BarrierState met(Cohort cohort, Op.Barrier op, LaneBlock block, int lane, Instruction instruction) {
        long id = registers.value(cohort, op.id(), lane);
        if (id < 0 || id >= BarrierState.PER_BLOCK) {
            throw new RunStopped(
                    finding(Severity.ERROR, instruction, cohort, lane, "barrier " + id + " does not exist"));
        }
        return block.barriers[(int) id];
    }

    /** Whether all threads of a block that come to a barrier together can pass it, and nothing else comes of it. */
    static boolean isPassedTogether(Op.Barrier op) {
        return op.mode() == Op.BarrierMode.SYNC
                && op.threads() == null
                && op.predicate() == null
                && op.d() < 0
                && op.id() instanceof Source.Constant(long id)
                && id >= 0
                && id < BarrierState.PER_BLOCK;
    }

    /** Counts lanes at a barrier; true if they need not wait. */
    boolean arrive(LaneBlock block, Cohort cohort, Op.Barrier op, Boundary boundary, int from, int to) {
        Instruction instruction = Objects.requireNonNull(boundary.sync());
        BarrierState barrier = met(cohort, op, block, from, instruction);
        if (op.threads() != null) {
            barrier.expected = (int) registers.value(cohort, op.threads(), from);
        } else {
            checkPlace(block, cohort, from, barrier, instruction);
        }
        barrier.arrive(cohort.base + from, cohort.base + to);
        if (op.predicate() != null) {
            for (int lane = from; lane < to; lane++) {
                barrier.vote(registers.value(cohort, op.predicate(), lane) != 0);
            }
        }
        if (op.mode() == Op.BarrierMode.ARRIVE) {
            if (cohort.uniform >= 0) {
                cohort.uniformStatus = LaneStatus.READY;
            } else {
                Arrays.fill(cohort.status, from, to, LaneStatus.READY);
            }
            releaseIfComplete(block, barrier);
            return true;
        }
        return false;
    }

    private void checkPlace(LaneBlock block, Cohort cohort, int lane, BarrierState barrier, Instruction instruction) {
        if (barrier.first == null) {
            barrier.first = instruction;
        } else if (barrier.first != instruction) {
            report(Severity.ERROR, instruction, cohort, lane, BlockBarriers.differentPlaces(barrier.first.at()));
        }
        int gone = launch.threadsPerBlock() - block.liveThreads;
        if (gone > 0) {
            report(Severity.WARNING, instruction, cohort, lane, BlockBarriers.returnedBefore(gone));
        }
    }

    /** Threads are gone: barriers need not wait for them. */
    void afterExit(LaneBlock block) {
        for (BarrierState barrier : block.barriers) {
            if (barrier.arrived > 0) {
                releaseIfComplete(block, barrier);
            }
        }
    }

    /** Lets the lanes go on for whom nobody is missing. */
    void releaseIfComplete(LaneBlock block, BarrierState barrier) {
        if (!barrier.isComplete(block.liveThreads)) {
            return;
        }
        for (Cohort cohort : block.cohorts) {
            release(block, cohort, barrier);
        }
        if (watch != null) {
            barrier.note(block.meetings, watch.tick());
        }
        barrier.reset();
    }

    private void release(LaneBlock block, Cohort cohort, BarrierState barrier) {
        if (cohort.isDone()) {
            return;
        }
        if (cohort.uniform >= 0) {
            if (cohort.uniform > 0
                    && cohort.uniformStatus == LaneStatus.WAITING
                    && plan.boundaries().get(cohort.uniform).sync() instanceof Instruction sync
                    && sync.op() instanceof Op.Barrier op
                    && named(cohort, op, block, cohort.liveFrom) == barrier) {
                for (int lane = cohort.liveFrom; op.d() >= 0 && lane < cohort.liveTo; lane++) {
                    registers.set(cohort, op.d(), lane, barrier.result(op.mode()));
                }
                cohort.uniformStatus = LaneStatus.READY;
            }
            return;
        }
        for (int lane = cohort.liveFrom; lane < cohort.liveTo; lane++) {
            if (cohort.next[lane] > 0
                    && cohort.status[lane] == LaneStatus.WAITING
                    && plan.boundaries().get(cohort.next[lane]).sync() instanceof Instruction sync
                    && sync.op() instanceof Op.Barrier op
                    && named(cohort, op, block, lane) == barrier) {
                registers.set(cohort, op.d(), lane, barrier.result(op.mode()));
                cohort.status[lane] = LaneStatus.READY;
            }
        }
    }

    private void report(Severity severity, Instruction instruction, Cohort cohort, int lane, String message) {
        run.findings().add(finding(severity, instruction, cohort, lane, message));
    }

    private Finding finding(Severity severity, Instruction instruction, Cohort cohort, int lane, String message) {
        return launch.finding(
                FindingKind.BARRIER_DIVERGENCE,
                severity,
                instruction.at(),
                cohort.linearBlock,
                cohort.base + lane,
                message);
    }
}
