package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/** What an operand is worth to a lane of the interpreter. */
final class LaneValues {

    private static final Dim3 ONE = new Dim3(1, 1, 1);

    /** Those that are another value for each lane. */
    private static final Set<SpecialRegister> OF_THREADS = EnumSet.of(
            SpecialRegister.TID_X,
            SpecialRegister.TID_Y,
            SpecialRegister.TID_Z,
            SpecialRegister.LANEID,
            SpecialRegister.LANEMASK_EQ,
            SpecialRegister.LANEMASK_LE,
            SpecialRegister.LANEMASK_LT,
            SpecialRegister.LANEMASK_GE,
            SpecialRegister.LANEMASK_GT);

    private final RunContext run;

    LaneValues(RunContext run) {
        this.run = run;
    }

    long of(Source source, Warp warp, Frame frame, int lane) {
        return switch (source) {
            case Source.Register(int index) -> frame.registers[index * Frame.LANES + lane];
            case Source.Constant(long bits) -> bits;
            case Source.LocalAddress(long offset) -> frame.localBase + offset;
            case Source.Complement(Source predicate) -> of(predicate, warp, frame, lane) != 0 ? 0 : 1;
            case Source.Special(SpecialRegister which) -> special(which, warp, lane);
        };
    }

    /** What it is worth to each of the lanes; what stands for others means nothing. */
    void row(Source source, Warp warp, Frame frame, int lanes, long[] into) {
        switch (source) {
            case Source.Register(int index) ->
                System.arraycopy(frame.registers, index * Frame.LANES, into, 0, Frame.LANES);
            case Source.Constant(long bits) -> Arrays.fill(into, bits);
            case Source.Special(SpecialRegister which)
            when !OF_THREADS.contains(which) ->
                Arrays.fill(into, special(which, warp, Integer.numberOfTrailingZeros(lanes)));
            case Source.Special(SpecialRegister which) when which == SpecialRegister.TID_X -> threads(warp, into);
            default -> {
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    int lane = Integer.numberOfTrailingZeros(rest);
                    into[lane] = of(source, warp, frame, lane);
                }
            }
        }
    }

    /** What {@code %tid.x} is worth to the lanes, without a division for each. */
    private static void threads(Warp warp, long[] into) {
        int width = (warp.block.launch == null ? ONE : warp.block.launch.block()).x();
        int x = warp.threadOf(0) % width;
        for (int lane = 0; lane < Frame.LANES; lane++) {
            into[lane] = x;
            x = x + 1 == width ? 0 : x + 1;
        }
    }

    private long special(SpecialRegister which, Warp warp, int lane) {
        KernelLaunch launch = warp.block.launch;
        Dim3 block = launch == null ? ONE : launch.block();
        Dim3 grid = launch == null ? ONE : launch.grid();
        int thread = warp.threadOf(lane);
        long linear = warp.block.linear();
        return switch (which) {
            case TID_X -> thread % block.x();
            case TID_Y -> thread / block.x() % block.y();
            case TID_Z -> thread / (block.x() * block.y());
            case NTID_X -> block.x();
            case NTID_Y -> block.y();
            case NTID_Z -> block.z();
            case CTAID_X -> linear % grid.x();
            case CTAID_Y -> linear / grid.x() % grid.y();
            case CTAID_Z -> linear / ((long) grid.x() * grid.y());
            case NCTAID_X -> grid.x();
            case NCTAID_Y -> grid.y();
            case NCTAID_Z -> grid.z();
            case LANEID -> lane;
            case WARPID -> warp.index;
            case NWARPID -> warp.block.warps.size();
            case SMID -> linear % Machine.MULTIPROCESSORS;
            case NSMID -> Machine.MULTIPROCESSORS;
            case GRIDID -> launch == null ? 0 : launch.index() + 1;
            case LANEMASK_EQ -> 1L << lane;
            case LANEMASK_LT -> (1L << lane) - 1;
            case LANEMASK_LE -> (2L << lane) - 1;
            case LANEMASK_GE -> -(1L << lane) & 0xFFFFFFFFL;
            case LANEMASK_GT -> -(2L << lane) & 0xFFFFFFFFL;
            case CLOCK -> run.clock() & 0xFFFFFFFFL;
            case CLOCK_HI -> run.clock() >>> 32;
            case CLOCK64 -> run.clock();
            case GLOBALTIMER -> run.clock();
            case GLOBALTIMER_LO -> run.clock() & 0xFFFFFFFFL;
            case GLOBALTIMER_HI -> run.clock() >>> 32;
            case DYNAMIC_SMEM_SIZE -> launch == null ? 0 : launch.dynamicSharedBytes();
            case TOTAL_SMEM_SIZE -> warp.block.shared.length;
            case ENVREG -> 0;
        };
    }
}
