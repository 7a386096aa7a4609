package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;

/** Where a region's method keeps what: the numbers of its JVM locals. */
final class RegionFrame {

    // Fixed locals: the parameters, then the rest of the frame.
    static final int COHORT_SLOT = 0;
    static final int FROM = 1;
    static final int TO = 2;
    static final int EVERY = 3;
    static final int ANY = 4;
    static final int STEPS = 5;
    /** The cohort's arrays of spilled registers, one per kind of register. */
    static final int ARRAYS = 6;

    /** From one slot to the next in those arrays, if it is not known yet. */
    static final int STRIDE = 10;

    static final int LANE = 11;
    /** Where each lane goes next. */
    static final int NEXT = 12;
    /** Instructions that the lanes so far have executed each, those apart that the cohort was told of. */
    static final int COMMON = 13;

    /** For each lane the one from which it fetches what a shuffle gave it, and where the row begins that it does so in. */
    static final int SENDERS = 14;

    static final int FETCHED_ROW = 15;

    private static final int FIRST_REGISTER = 16;

    /** Locals for each {@link Near}. */
    private static final int NEAR_LOCALS = 4;

    private final RegionPlan plan;
    private final LocalSlots locals;
    private final int sharedLocal;
    /**
     * The local of each {@link Near} of the region, by its number. The bytes of its allocation are in the next one, where
     * they begin in the two after that.
     */
    private final TreeMap<Integer, Integer> nears = new TreeMap<>();

    /** Where lane 0 of each row of accesses would be, by the register that holds the address. */
    private final Map<Integer, Integer> origins = new HashMap<>();

    /** Registers that are computed before the lanes begin, and where. */
    private final Map<Integer, Integer> aside = new HashMap<>();

    /** The local that holds where the row of a slot begins, by the slot. */
    private final Map<Integer, Integer> rows = new TreeMap<>();

    private final int anchors;
    private boolean touchesShared;
    private boolean isAside;

    /** @param fixedStride whether each row of spilled registers is that of one warp, so that it is known where it begins */
    RegionFrame(RegionPlan plan, RegionCode region, boolean fixedStride) {
        this.plan = plan;
        this.locals = new LocalSlots(plan, region.reachable(), region.uniforms(), FIRST_REGISTER);
        this.sharedLocal = findRows(region, fixedStride);
        findNears(region);
        int next = inRow() + 1;
        for (RowAccesses.Row row : region.rows().all()) {
            origins.put(row.register(), next++);
            int[] free = {next};
            plan.linear().chain(row.register(), register -> {
                if (aside.putIfAbsent(register, free[0]) == null) {
                    free[0] += plan.function().registers().get(register).isWide() ? 2 : 1;
                }
            });
            next = free[0];
        }
        this.anchors = next;
    }

    /** Gives a local to each row of spilled registers that the region may touch; the local behind them. */
    private int findRows(RegionCode region, boolean fixedStride) {
        int next = scratch() + 2;
        if (fixedStride) {
            return next;
        }
        BitSet touched = (BitSet) region.used().clone();
        touched.or(region.defined());
        for (int register = touched.nextSetBit(0); register >= 0; register = touched.nextSetBit(register + 1)) {
            if (plan.slot(register) > 0 && rows.putIfAbsent(plan.slot(register), next) == null) {
                next++;
            }
        }
        return next;
    }

    private void findNears(RegionCode region) {
        for (int pc : region.reachable().stream().toArray()) {
            Instruction instruction = plan.function().code().get(pc);
            switch (instruction.op()) {
                case Op.Load load -> addressed(load.space(), load.base());
                case Op.Store store -> addressed(store.space(), store.base());
                default -> {}
            }
        }
    }

    private void addressed(Op.Space space, Source base) {
        switch (space) {
            case GLOBAL, CONST, GENERIC ->
                nears.computeIfAbsent(plan.pointers().near(base), _ -> sharedLocal + 1 + NEAR_LOCALS * nears.size());
            case SHARED -> touchesShared = true;
            case LOCAL, PARAM_IN, PARAM_OUT, PARAM_RETURN -> {}
        }
    }

    /** The local of a register. */
    int of(int register) {
        Integer first = isAside ? aside.get(register) : null;
        return first == null ? locals.of(register) : first;
    }

    /** From here on, or no longer, registers that are computed before the lanes begin are those of the first lane. */
    void setAside(boolean before) {
        isAside = before;
    }

    /** A local for a moment: two slots that no register has. */
    int scratch() {
        return locals.end();
    }

    /** The locals that hold where rows of spilled registers begin, by their slots: none where that is known. */
    Map<Integer, Integer> rows() {
        return rows;
    }

    boolean touchesShared() {
        return touchesShared;
    }

    /** The local that holds the block's shared memory. */
    int sharedLocal() {
        return sharedLocal;
    }

    /** The local that holds the {@link Near} of accesses through this address. */
    int near(Source base) {
        return nears.get(plan.pointers().near(base));
    }

    /** The local of each {@link Near}, by its number. */
    Map<Integer, Integer> nears() {
        return nears;
    }

    /** The local that tells whether the lanes at work are a row, and all of its accesses in bounds. */
    int inRow() {
        return sharedLocal + 1 + NEAR_LOCALS * nears.size();
    }

    /** The local with the offset that lane 0 would have. */
    int origin(RowAccesses.Row row) {
        return origins.get(row.register());
    }

    /** The first of three locals for an anchor. */
    int anchor(int index) {
        return anchors + 3 * index;
    }

    int anchorIndex(int local) {
        return (local - anchors) / 3;
    }
}
