package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/** A barrier of a block between two releases: who has come, and how they voted. The same for both executors. */
final class BarrierState {

    /** Barriers per block (PTX ISA 9.7.13.1). */
    static final int PER_BLOCK = 16;

    /** Threads that have arrived, one by one or, if an instruction counts some twice, so many. */
    int arrived;

    private final BitSet members = new BitSet();
    /** Threads that an explicit count asks for, 0 for all. */
    int expected;
    /** The instruction at which the first thread came. */
    @Nullable
    Instruction first;

    private int popc;
    private boolean and = true;
    private boolean or;

    static BarrierState[] ofBlock() {
        BarrierState[] barriers = new BarrierState[PER_BLOCK];
        for (int i = 0; i < PER_BLOCK; i++) {
            barriers[i] = new BarrierState();
        }
        return barriers;
    }

    /** Threads from {@code from} on, up to {@code to}, arrive. */
    void arrive(int from, int to) {
        members.set(from, to);
        arrived += to - from;
    }

    /** Tells those who want to know who has met here: all, unless a count says how many. */
    void note(MeetingTimes meetings, long time) {
        if (expected == 0) {
            meetings.allMet(time);
        } else {
            meetings.someMet((BitSet) members.clone(), time);
        }
    }

    void vote(boolean yes) {
        popc += yes ? 1 : 0;
        and &= yes;
        or |= yes;
    }

    boolean isComplete(int liveThreads) {
        return arrived >= (expected > 0 ? expected : liveThreads);
    }

    /** What a released thread receives. */
    long result(Op.BarrierMode mode) {
        return switch (mode) {
            case RED_POPC -> popc;
            case RED_AND -> and ? 1 : 0;
            case RED_OR -> or ? 1 : 0;
            case SYNC, ARRIVE -> 0;
        };
    }

    void reset() {
        arrived = 0;
        members.clear();
        expected = 0;
        first = null;
        popc = 0;
        and = true;
        or = false;
    }
}
