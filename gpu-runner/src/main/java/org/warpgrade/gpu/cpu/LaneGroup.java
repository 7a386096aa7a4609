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
    }

    Frame frame;
    int pc;
    int lanes;
    @Nullable Wait wait;
    /** Backward jumps since the group was last chosen: a group that spins must let others run. */
    int backwardJumps;

    LaneGroup(Frame frame, int pc, int lanes) {
        this.frame = frame;
        this.pc = pc;
        this.lanes = lanes;
    }

    Instruction instruction() {
        return frame.function.code().get(pc);
    }

    boolean isRunnable() {
        return wait == null;
    }
}
