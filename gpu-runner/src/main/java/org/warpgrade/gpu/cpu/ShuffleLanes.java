package org.warpgrade.gpu.cpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.warpgrade.gpu.ptx.typed.Op.ShuffleMode;

/** Which lane a shuffle reads (PTX ISA 9.7.9.6, shfl.sync). */
final class ShuffleLanes {

    /** Threads of a block. */
    private static final int MOST = 1024;

    /**
     * Who sends to whom.
     *
     * @param lanes for each lane the one it reads
     * @param distance if every two lanes that differ in this one bit change places; 0 if not
     */
    record Senders(short[] lanes, int distance) {}

    /** Tables by mode, offset, and clamp with segment mask (11 bits), made when first asked for. */
    private static final Map<Integer, Senders> TABLES = new ConcurrentHashMap<>();

    private ShuffleLanes() {}

    /** For each lane of a whole warp the lane it reads; its own where the source is out of range. The same for all warps. */
    static Senders table(ShuffleMode mode, int b, int c) {
        return TABLES.computeIfAbsent(mode.ordinal() << 18 | (b & 31) << 13 | c & 0x1F1F, _ -> {
            short[] sources = own().lanes();
            for (int lane = 0; lane < MOST; lane++) {
                int source = source(mode, lane & 31, b, c);
                if (source >= 0) {
                    sources[lane] = (short) (lane & ~31 | source);
                }
            }
            boolean swaps = mode == ShuffleMode.BFLY && (c & 0x1F1F) == 31 && Integer.bitCount(b & 31) == 1;
            return new Senders(sources, swaps ? b & 31 : 0);
        });
    }

    /** Every lane its own. */
    static Senders own() {
        short[] own = new short[MOST];
        for (short lane = 0; lane < MOST; lane++) {
            own[lane] = lane;
        }
        return new Senders(own, 0);
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
