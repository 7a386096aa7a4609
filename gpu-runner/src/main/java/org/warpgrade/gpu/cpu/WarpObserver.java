package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Source;

/** Looks on while the interpreter runs a warp and changes nothing: where counters come from. */
interface WarpObserver {

    /** Reads an operand of a lane. */
    interface Values {
        long of(Source source, Warp warp, Frame frame, int lane);
    }

    /** Before anything else: how operands are read. */
    void readsWith(Values values);

    /**
     * A group is about to execute the instruction that it stands at.
     *
     * @param passing the lanes of the group whose guard is true
     */
    void executes(Warp warp, LaneGroup group, Instruction instruction, int passing);
}
