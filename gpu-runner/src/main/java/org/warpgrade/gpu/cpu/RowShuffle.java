package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * The commonest exchange, a whole warp shuffling 32-bit values by constants, straight on the spilled rows.
 *
 * @param in where the row begins that the lanes send
 * @param out where the row begins that they receive in
 * @param sources for each lane the lane it reads
 */
record RowShuffle(int in, int out, byte[] sources) {

    /** The shuffle that an instruction is for a whole warp; null if it needs more. */
    static @Nullable RowShuffle of(Op op, RegionPlan plan) {
        if (op instanceof Op.Shuffle shuffle
                && shuffle.mask() instanceof Source.Constant(long mask)
                && (int) mask == WarpExchange.WHOLE_WARP
                && shuffle.b() instanceof Source.Constant(long offset)
                && shuffle.c() instanceof Source.Constant(long clamp)
                && shuffle.a() instanceof Source.Register(int a)
                && shuffle.d() >= 0
                && shuffle.p() < 0
                && isInt(plan, a)
                && isInt(plan, shuffle.d())) {
            return new RowShuffle(
                    plan.slot(a) * Frame.LANES,
                    plan.slot(shuffle.d()) * Frame.LANES,
                    ShuffleLanes.table(shuffle.mode(), (int) offset, (int) clamp));
        }
        return null;
    }

    private static boolean isInt(RegionPlan plan, int register) {
        return plan.function().registers().get(register) == RegisterKind.INT;
    }

    /**
     * @param rows the spilled integers of 32 lanes
     * @param sent room for 32 values
     */
    void perform(int[] rows, int[] sent) {
        System.arraycopy(rows, in, sent, 0, Frame.LANES);
        for (int lane = 0; lane < Frame.LANES; lane++) {
            rows[out + lane] = sent[sources[lane]];
        }
    }
}
