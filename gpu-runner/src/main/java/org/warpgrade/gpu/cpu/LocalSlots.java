package org.warpgrade.gpu.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.warpgrade.gpu.ptx.typed.DataFlow;

/**
 * The JVM local of every register in a region's method. Registers that are never wanted at the same time share a local, as
 * in a linear-scan register allocation: frames stay small, and most locals have an index of one byte.
 */
final class LocalSlots {

    private final RegionPlan plan;
    private final int[] first;
    private final int[] last;
    private final int[] slots;
    private final Deque<Integer> freeSingles = new ArrayDeque<>();
    private final Deque<Integer> freePairs = new ArrayDeque<>();
    private int next;

    /**
     * @param reachable the region's instructions
     * @param uniform registers computed before the lanes begin: they keep their locals
     * @param firstFree the first local that registers may have
     */
    LocalSlots(RegionPlan plan, BitSet reachable, List<Integer> uniform, int firstFree) {
        int registers = plan.function().registers().size();
        this.plan = plan;
        this.first = new int[registers];
        this.last = new int[registers];
        this.slots = new int[registers];
        this.next = firstFree;
        Arrays.fill(first, Integer.MAX_VALUE);
        Arrays.fill(slots, -1);
        for (int register : uniform) {
            slots[register] = take(register);
        }
        assign(intervals(reachable));
    }

    /** The register's local; -1 if the region does not touch it. */
    int of(int register) {
        return slots[register];
    }

    /** The first local that no register has. */
    int end() {
        return next;
    }

    /** Finds the first and the last instruction at which each register holds something; the registers by the first. */
    private List<Integer> intervals(BitSet reachable) {
        long[] open = new long[(slots.length + 63) / 64];
        int before = -1;
        for (int pc = reachable.nextSetBit(0); pc >= 0; pc = reachable.nextSetBit(pc + 1)) {
            int at = pc;
            for (int word = 0; word < open.length; word++) {
                long live = plan.liveness().word(pc, word);
                long begun = live & ~open[word];
                long over = open[word] & ~live;
                open[word] = live;
                for (; begun != 0; begun &= begun - 1) {
                    touch(word * 64 + Long.numberOfTrailingZeros(begun), at);
                }
                for (; over != 0; over &= over - 1) {
                    touch(word * 64 + Long.numberOfTrailingZeros(over), before);
                }
            }
            DataFlow.defines(plan.function().code().get(pc), register -> touch(register, at));
            before = pc;
        }
        for (int word = 0; word < open.length; word++) {
            for (long over = open[word]; over != 0; over &= over - 1) {
                touch(word * 64 + Long.numberOfTrailingZeros(over), before);
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int register = 0; register < first.length; register++) {
            if (first[register] < Integer.MAX_VALUE && slots[register] < 0 && !plan.isUniform(register)) {
                order.add(register);
            }
        }
        order.sort(Comparator.comparingInt(register -> first[register]));
        return order;
    }

    private void touch(int register, int pc) {
        first[register] = Math.min(first[register], pc);
        last[register] = Math.max(last[register], pc);
    }

    private void assign(List<Integer> order) {
        PriorityQueue<Integer> active = new PriorityQueue<>(Comparator.comparingInt(register -> last[register]));
        for (int register : order) {
            // An instruction may write a result before it has read all operands, so "at the same instruction" overlaps.
            while (!active.isEmpty() && last[active.peek()] < first[register]) {
                int over = active.poll();
                pool(over).push(slots[over]);
            }
            Deque<Integer> free = pool(register);
            slots[register] = free.isEmpty() ? take(register) : free.pop();
            active.add(register);
        }
    }

    private int take(int register) {
        int slot = next;
        next += isPair(register) ? 2 : 1;
        return slot;
    }

    private Deque<Integer> pool(int register) {
        return isPair(register) ? freePairs : freeSingles;
    }

    private boolean isPair(int register) {
        return plan.function().registers().get(register).isWide();
    }
}
