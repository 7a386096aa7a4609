package org.warpgrade.gpu.cpu;

import java.util.Arrays;

/**
 * Words of shared memory of which more reads at the same moment of the {@link Watch}'s clock tell nothing new: what they
 * hold was written before a barrier of the whole block, and two threads are remembered that read it at that moment, of
 * different warps or of the reader's. All threads of a block read a tile, so most reads are of such words.
 */
final class SettledReads {

    /** What is known of a word at a moment: that a read is sound, and that it is settled for the block or for a warp. */
    private static final int SOUND = 0;

    private static final int FOR_BLOCK = 1;
    private static final int FOR_WARP = 2;
    private static final int KINDS = 6;

    /** Per 4-byte word the last such moment, and what is known then in the lower bits. */
    final long[] moments;

    SettledReads(int bytes) {
        this.moments = new long[(bytes + 3) / 4];
    }

    void clear() {
        Arrays.fill(moments, 0);
    }

    /** Whether an aligned read by a thread now is of settled words only. */
    boolean cover(int offset, int bytes, long clock, int thread) {
        return isSettled(offset >> 2, clock, thread) && (bytes <= 4 || isSettled((offset >> 2) + 1, clock, thread));
    }

    private boolean isSettled(int word, long clock, int thread) {
        return isSettled(moments[word], clock, thread);
    }

    static boolean isSettled(long moment, long clock, int thread) {
        return moment == (clock << KINDS | FOR_BLOCK) || moment == forWarp(clock, thread);
    }

    private static long forWarp(long clock, int thread) {
        return clock << KINDS | FOR_WARP + (thread >> 5);
    }

    /** Whether it is known already that an aligned read now reads what was written and races with nobody. */
    boolean areSound(int offset, int bytes, long clock) {
        return moments[offset >> 2] >> KINDS == clock && (bytes <= 4 || moments[(offset >> 2) + 1] >> KINDS == clock);
    }

    /** A sound read by a thread has been noted. */
    void settle(int offset, int bytes, long clock, int thread, Readers readers) {
        Arrays.fill(moments, offset >> 2, offset + bytes >> 2, moment(clock, thread, readers));
    }

    /** The same of a word. */
    void settleWord(int offset, long clock, int thread, Readers readers) {
        moments[offset >> 2] = moment(clock, thread, readers);
    }

    private static long moment(long clock, int thread, Readers readers) {
        return switch (readers) {
            case TOO_FEW -> clock << KINDS | SOUND;
            case OF_ONE_WARP -> forWarp(clock, thread);
            case OF_TWO_WARPS -> clock << KINDS | FOR_BLOCK;
        };
    }

    /** Somebody writes there. */
    void unsettle(int offset, int bytes) {
        for (int word = offset >> 2; word <= offset + bytes - 1 >> 2; word++) {
            moments[word] = 0;
        }
    }

    /** The same of a word. */
    void unsettleWord(int offset) {
        moments[offset >> 2] = 0;
    }

    /** Who is remembered of those that have read some bytes at a moment. */
    enum Readers {
        TOO_FEW,
        OF_ONE_WARP,
        OF_TWO_WARPS
    }
}
