package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Where a kernel is cut so that every region becomes a method that the JIT compiles. A cut costs a load and a store for
 * every register that is live there, so kernels with many live registers (unrolled matrix products) get longer regions,
 * and each cut is made where few registers are live.
 */
final class RegionCuts {

    /** Bytes of bytecode to load or spill one register. */
    private static final int CROSSING = 10;

    /** Bytes of bytecode of an ordinary region: 100 to 200 instructions, the best measured (cpu-device.md, code shapes). */
    private static final int ORDINARY = 2500;

    /** A region's code should outweigh its loads and spills that many times. */
    private static final int WORTHWHILE = 4;

    /** What a branch across a cut costs, in registers: its target becomes another cut. */
    private static final int ACROSS = 12;

    private final TypedFunction function;
    private final List<Instruction> code;
    private final Liveness liveness;
    private final BitSet leaders;
    private final IntPredicate meetings;
    private final int most;
    /** Branches that lead from one side of an instruction to the other, not to itself. */
    private final int[] across;

    /**
     * @param meetings the instructions at which lanes stop anyhow
     * @param most bytes of bytecode that a region may have
     */
    RegionCuts(TypedFunction function, Liveness liveness, BitSet leaders, IntPredicate meetings, int most) {
        this.function = function;
        this.code = function.code();
        this.liveness = liveness;
        this.leaders = leaders;
        this.meetings = meetings;
        this.most = most;
        this.across = new int[code.size() + 2];
        for (int pc = 0; pc < code.size(); pc++) {
            for (int target : Liveness.targets(code.get(pc))) {
                across[Math.min(pc, target) + 1]++;
                across[target > pc ? target : pc + 1]--;
            }
        }
        for (int pc = 1; pc < across.length; pc++) {
            across[pc] += across[pc - 1];
        }
    }

    /** Adds the cuts that size asks for to those that are there, which begin regions, too. */
    void addTo(BitSet cuts) {
        BitSet made = new BitSet();
        cutBySize(cuts, made);
        // A branch into the middle of another region would make that code part of this one, too.
        boolean changed = !made.isEmpty();
        while (changed) {
            changed = false;
            for (int pc = 0; pc < code.size(); pc++) {
                for (int target : Liveness.targets(code.get(pc))) {
                    if (!made.get(target) && leadsAcross(pc, target, made)) {
                        made.set(target);
                        changed = true;
                    }
                }
            }
        }
        cuts.or(made);
    }

    private static boolean leadsAcross(int from, int to, BitSet cuts) {
        int low = Math.min(from, to) + 1;
        int cut = cuts.nextSetBit(low);
        return cut >= 0 && cut < (to > from ? to : from + 1);
    }

    private void cutBySize(BitSet cuts, BitSet made) {
        int begin = 0;
        int bytes = crossing(0);
        int limit = limit(bytes);
        int pc = 0;
        while (pc < code.size()) {
            Op op = code.get(pc).op();
            bytes += bytes(op);
            boolean meeting = meetings.test(pc);
            if (meeting || cuts.get(pc + 1)) {
                pc++;
                begin = pc;
                bytes = crossing(pc);
                limit = limit(bytes);
            } else if (bytes > limit) {
                int cut = cheapest(begin, pc);
                made.set(cut);
                pc = cut;
                begin = cut;
                bytes = crossing(cut);
                limit = limit(bytes);
            } else {
                pc++;
            }
        }
    }

    private int limit(int crossing) {
        return Math.min(most, Math.max(ORDINARY, WORTHWHILE * 2 * crossing));
    }

    private int crossing(int pc) {
        return CROSSING * liveness.count(pc);
    }

    /** The place in the second half with the fewest live registers and branches across it. */
    private int cheapest(int begin, int end) {
        int best = end;
        int fewest = Integer.MAX_VALUE;
        for (int pc = end; pc > begin + (end - begin) / 2; pc--) {
            int cost = liveness.count(pc) * 2 + across[pc] * ACROSS - (leaders.get(pc) ? 1 : 0);
            if (cost < fewest) {
                fewest = cost;
                best = pc;
            }
        }
        return Math.max(best, begin + 1);
    }

    /** About how many bytes of bytecode an operation becomes. */
    private int bytes(Op op) {
        return switch (op) {
            case Op.Compute compute -> 6 + 3 * compute.sources().size() + (compute.ftz() ? 12 : 0);
            case Op.Copy _, Op.ConvertAddress _ -> 7;
            case Op.Pack pack -> 9 * pack.parts().size();
            case Op.Unpack unpack -> 6 + 9 * unpack.parts().size();
            case Op.Load load ->
                load.space() == Op.Space.PARAM_IN
                        ? 3
                        : accesses(load.d().size(), load.d().getFirst());
            case Op.Store store -> accesses(store.values().size(), -1);
            case Op.Compare _, Op.Carry _ -> 16;
            case Op.Atomic _, Op.AsyncCopy _, Op.IsSpace _ -> 24;
            case Op.BranchTable table -> 16 + 4 * table.targets().size();
            default -> 14;
        };
    }

    private int accesses(int count, int register) {
        boolean converted = register < 0
                || function.registers().get(register) == RegisterKind.FLOAT
                || function.registers().get(register) == RegisterKind.DOUBLE;
        return (count > 1 ? 16 : 2) + count * (converted ? 17 : 14);
    }
}
