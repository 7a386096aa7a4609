package org.warpgrade.gpu.cpu;

import java.util.Arrays;

/**
 * How many instructions a lane executes from a region's entry to an exit, if that is the same on all ways: then nobody has
 * to count while the lanes run.
 */
final class RegionSteps {

    private static final int UNKNOWN = -1;

    private final int[] before;
    private int total = UNKNOWN;
    private boolean varying;

    /** @param instructions in the kernel */
    RegionSteps(int instructions) {
        before = new int[instructions + 1];
        Arrays.fill(before, UNKNOWN);
    }

    /** Instructions executed when this one begins, on the way that found it first. */
    int before(int pc) {
        return Math.max(0, before[pc]);
    }

    /** A way leads to an instruction after so many others. */
    void reach(int pc, int executed) {
        varying |= before[pc] != UNKNOWN && before[pc] != executed;
        before[pc] = executed;
    }

    /** A way leaves the region after so many instructions. */
    void leave(int executed) {
        varying |= total != UNKNOWN && total != executed;
        total = executed;
    }

    boolean isVarying() {
        return varying;
    }

    /** Instructions of every lane, unless they vary. */
    int common() {
        return Math.max(0, total);
    }
}
