package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Instruction;

/** Lanes of a warp that are at the same instruction of the same activation. */
final class LaneGroup {

    /** What a group waits for. */
    sealed interface Wait {
        /** A barrier of the block. */
        record AtBarrier(int id) implements Wait {}

        /** The other lanes that a warp-synchronous instruction names. */
        record ForLanes(int mask) implements Wait {}

        /** The lanes that it parted from, where their ways meet again. */
        record AtJoin(Convergence.Join join) implements Wait {}
    }

    Frame frame;
    int pc;
    int lanes;

    @Nullable
    Wait wait;
    /** Backward jumps since the group was last chosen: a group that spins must let others run. */
    int backwardJumps;
    /** Backward jumps since it last met others, for lanes that wait for it. */
    int loops;
    /** Where it meets the lanes that it parted from; null if there are none or nobody cares. */
    Convergence.@Nullable Join join;

    LaneGroup(Frame frame, int pc, int lanes) {
        this.frame = frame;
        this.pc = pc;
        this.lanes = lanes;
    }

    /** Some of the lanes, elsewhere in the same activation. */
    LaneGroup part(int elsewhere, int some) {
        LaneGroup part = new LaneGroup(frame, elsewhere, some);
        part.join = join;
        return part;
    }

    Instruction instruction() {
        return frame.function.code().get(pc);
    }

    boolean isRunnable() {
        return wait == null;
    }
}
