package org.warpgrade.reference.inputs;

/**
 * Philox4x32-10, the counter-based generator of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011),
 * as curriculum C6 fixes it: key = (seed lo, seed hi), counter = (i lo, i hi, 0, 0), first output word.
 */
public final class Philox {

    private static final int M0 = 0xD2511F53;
    private static final int M1 = 0xCD9E8D57;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /** The i-th word of the stream with that seed. */
    public static int word(long seed, long i) {
        int c0 = (int) i;
        int c1 = (int) (i >>> 32);
        int c2 = 0;
        int c3 = 0;
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
            long p1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
            int next0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int next2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            c0 = next0;
            c2 = next2;
            k0 += W0;
            k1 += W1;
        }
        return c0;
    }

    /** Uniform in [0, 1) on a grid of 2^-24. */
    public static float uniform(long seed, long i) {
        return (word(seed, i) >>> 8) * 0x1p-24f;
    }

    /** Uniform in 0 .. bound-1. */
    public static int below(long seed, long i, int bound) {
        return (int) (((word(seed, i) & 0xFFFFFFFFL) * bound) >>> 32);
    }
}
