package org.warpgrade.gpu.cpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.warpgrade.gpu.ptx.typed.Op.ShuffleMode;

/** Which lane a shuffle reads (PTX ISA 9.7.9.6, shfl.sync). */
final class ShuffleLanes {

    /** Tables by mode, offset, and clamp with segment mask (11 bits), made when first asked for. */
    private static final Map<Integer, byte[]> TABLES = new ConcurrentHashMap<>();

    private ShuffleLanes() {}

    /** For each lane of a whole warp the lane it reads; its own where the source is out of range. */
    static byte[] table(ShuffleMode mode, int b, int c) {
        return TABLES.computeIfAbsent(mode.ordinal() << 18 | (b & 31) << 13 | c & 0x1F1F, _ -> {
            byte[] sources = new byte[32];
            for (int lane = 0; lane < 32; lane++) {
                int source = source(mode, lane, b, c);
                sources[lane] = (byte) (source < 0 ? lane : source);
            }
            return sources;
        });
    }

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
