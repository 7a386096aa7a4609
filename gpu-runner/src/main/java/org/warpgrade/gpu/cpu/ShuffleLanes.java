package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.typed.Op.ShuffleMode;

/** Which lane a shuffle reads (PTX ISA 9.7.9.6, shfl.sync). */
final class ShuffleLanes {

    private ShuffleLanes() {}

    /** The source lane, or -1 if it is out of range: then the lane keeps its own value and the predicate is false. */
    static int source(ShuffleMode mode, int lane, int b, int c) {
        int offset = b & 31;
        int clamp = c & 31;
        int segment = c >> 8 & 31;
        int max = lane & segment | clamp & ~segment;
        int min = lane & segment;
        return switch (mode) {
            case UP -> lane - offset >= max ? lane - offset : -1;
            case DOWN -> lane + offset <= max ? lane + offset : -1;
            case BFLY -> (lane ^ offset) <= max ? lane ^ offset : -1;
            case IDX -> {
                int source = min | offset & ~segment;
                yield source <= max ? source : -1;
            }
        };
    }
}
