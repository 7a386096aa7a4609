package org.warpgrade.gpu.cpu;

/** The order in which blocks start: natural, or a permutation chosen by a seed. */
record BlockOrder(long count, long start, long step) {

    /** Natural for seed 0; else an affine permutation, so that no table is needed for large grids. */
    static BlockOrder of(long seed, long count) {
        if (seed == 0 || count < 2) {
            return new BlockOrder(count, 0, 1);
        }
        long start = Long.remainderUnsigned(seed * 0x9E3779B97F4A7C15L, count);
        // A step below 2^16 keeps n * step within a long for every grid.
        long step = Long.remainderUnsigned(seed * 0xC2B2AE3D27D4EB4FL, Math.min(count, 1 << 16));
        while (gcd(step, count) != 1) {
            step++;
        }
        return new BlockOrder(count, start, step);
    }

    /** Any first few of them lie all over the grid: what a sample is taken from. */
    static BlockOrder spread(long count) {
        long step = Math.max(1, Math.round(count * 0.618));
        while (gcd(step, count) != 1) {
            step++;
        }
        return new BlockOrder(count, count / 2, step);
    }

    /** The same order without its first blocks. */
    BlockOrder from(long first) {
        return new BlockOrder(count, at(first), step);
    }

    /** The n-th block to start. */
    long at(long n) {
        return (start + n * step) % count;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
