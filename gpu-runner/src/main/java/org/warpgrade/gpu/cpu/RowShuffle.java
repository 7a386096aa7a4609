package org.warpgrade.gpu.cpu;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * The commonest exchange, a whole warp shuffling 32-bit values by constants, straight on the spilled rows.
 *
 * @param floats whether the rows are of floats
 * @param in the slot of the row that the lanes send
 * @param out the slot of the row that they receive in
 * @param d the register that they receive in
 * @param senders for each lane the lane it reads
 * @param fetched whether nobody need copy: each lane of the region behind fetches its value from the row that was sent
 */
record RowShuffle(boolean floats, int in, int out, int d, ShuffleLanes.Senders senders, boolean fetched) {

    /** The shuffle that a boundary is for a whole warp; null if it needs more. */
    static @Nullable RowShuffle of(Boundary boundary, RegionPlan plan) {
        if (boundary.sync() != null
                && boundary.sync().op() instanceof Op.Shuffle shuffle
                && shuffle.mask() instanceof Source.Constant(long mask)
                && (int) mask == WarpExchange.WHOLE_WARP
                && shuffle.b() instanceof Source.Constant(long offset)
                && shuffle.c() instanceof Source.Constant(long clamp)
                && shuffle.a() instanceof Source.Register(int a)
                && shuffle.d() >= 0
                && shuffle.p() < 0
                && isWord(plan, a)
                && plan.function().registers().get(a)
                        == plan.function().registers().get(shuffle.d())) {
            return new RowShuffle(
                    plan.function().registers().get(a) == RegisterKind.FLOAT,
                    plan.slot(a),
                    plan.slot(shuffle.d()),
                    shuffle.d(),
                    ShuffleLanes.table(shuffle.mode(), (int) offset, (int) clamp),
                    a != shuffle.d() && !mayOverwrite(plan, boundary.resume(), a));
        }
        return null;
    }

    /** The shuffle that leads to a region, if its lanes fetch what they receive. */
    static @Nullable RowShuffle fetchedIn(RegionPlan plan, RegionPlan.Region region) {
        // Only the instruction before the region leads there by itself, whatever jumps there.
        Boundary boundary = region.entry() == 0 ? null : plan.boundaryAt(region.entry() - 1);
        RowShuffle shuffle = boundary == null ? null : of(boundary, plan);
        return shuffle != null && shuffle.fetched() ? shuffle : null;
    }

    private static boolean isWord(RegionPlan plan, int register) {
        RegisterKind kind = plan.function().registers().get(register);
        return kind == RegisterKind.INT || kind == RegisterKind.FLOAT;
    }

    /** Whether a lane may overwrite a register in a region: others have not fetched its value yet. */
    private static boolean mayOverwrite(RegionPlan plan, int region, int register) {
        int entry = plan.regions().get(region).entry();
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        open.push(entry);
        boolean[] overwritten = {false};
        while (!open.isEmpty()) {
            int pc = open.pop();
            if (seen.get(pc) || plan.isCut(pc) && pc != entry) {
                continue;
            }
            seen.set(pc);
            Instruction instruction = plan.function().code().get(pc);
            Boundary boundary = plan.boundaryAt(pc);
            boolean stops = boundary != null && boundary.sync() != null;
            if (!stops) {
                DataFlow.defines(instruction, defined -> overwritten[0] |= defined == register);
                Liveness.targets(instruction).forEach(open::push);
            }
            if (stops ? instruction.guard() >= 0 : Liveness.fallsThrough(instruction)) {
                open.push(pc + 1);
            }
        }
        return overwritten[0];
    }

    /** @param sent room for as many values as the cohort has lanes */
    void perform(Cohort cohort, Sent sent) {
        int from = cohort.first;
        short[] sources = senders.lanes();
        int received = out * cohort.stride;
        if (floats) {
            System.arraycopy(cohort.floats, in * cohort.stride + from, sent.floats, 0, cohort.lanes);
            for (int lane = from; lane < from + cohort.lanes; lane++) {
                cohort.floats[received + lane] = sent.floats[sources[lane] - from];
            }
        } else {
            System.arraycopy(cohort.ints, in * cohort.stride + from, sent.ints, 0, cohort.lanes);
            for (int lane = from; lane < from + cohort.lanes; lane++) {
                cohort.ints[received + lane] = sent.ints[sources[lane] - from];
            }
        }
    }

    /** Room for what all lanes of a cohort send. */
    record Sent(int[] ints, float[] floats) {

        Sent(int lanes) {
            this(new int[lanes], new float[lanes]);
        }
    }
}
