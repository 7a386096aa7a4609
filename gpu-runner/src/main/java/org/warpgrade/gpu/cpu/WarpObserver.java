package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.typed.Instruction;

/** Looks on while the interpreter runs a warp and changes nothing: where counters come from. */
interface WarpObserver {

    /** Before anything else: how operands are read. */
    void readsWith(LaneValues values);

    /**
     * A group is about to execute the instruction that it stands at.
     *
     * @param passing the lanes of the group whose guard is true
     */
    void executes(Warp warp, LaneGroup group, Instruction instruction, int passing);
}
