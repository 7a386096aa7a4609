package org.warpgrade.gpu.host;

/**
 * The random numbers of the GNU C library, so that a program draws the same ones as on a Linux host: {@code rand} by additive
 * feedback over 31 words (random(3), the default TYPE_3), {@code drand48} by the 48-bit linear congruence of POSIX.
 */
final class HostRandom {

    private static final int WORDS = 31;
    private static final int DISTANCE = 3;
    private static final int DISCARDED = 310;
    private static final long MASK_48 = (1L << 48) - 1;

    private final int[] words = new int[WORDS];
    private int next;
    private long state48;

    HostRandom() {
        seed(1);
        seed48(0);
    }

    /** {@code srand}. */
    void seed(int seed) {
        words[0] = seed == 0 ? 1 : seed;
        for (int i = 1; i < WORDS; i++) {
            // 16807 * before mod 2^31 - 1, as Lehmer's generator; of negative seeds the remainder is made positive.
            long word = 16807L * words[i - 1] % Integer.MAX_VALUE;
            words[i] = (int) (word < 0 ? word + Integer.MAX_VALUE : word);
        }
        next = DISTANCE;
        for (int i = 0; i < DISCARDED; i++) {
            draw();
        }
    }

    /** {@code rand}: from 0 to 2<sup>31</sup> - 1. */
    int draw() {
        int sum = words[next] + words[(next + WORDS - DISTANCE) % WORDS];
        words[next] = sum;
        next = (next + 1) % WORDS;
        return sum >>> 1;
    }

    /** {@code srand48}. */
    void seed48(long seed) {
        state48 = ((seed & 0xFFFF_FFFFL) << 16) + 0x330E;
    }

    /** {@code drand48}: from 0 to below 1. */
    double draw48() {
        state48 = state48 * 0x5DEECE66DL + 0xB & MASK_48;
        return state48 * 0x1p-48;
    }
}
