package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.List;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * Which registers hold a value that is still wanted, in front of every instruction: the classic backward data flow, over
 * basic blocks, because kernels unrolled by the compiler have thousands of instructions and of registers.
 */
final class Liveness {

    private final List<Instruction> code;
    private final long[][] liveIn;
    private final int words;

    /** @param leaders the first instructions of the basic blocks */
    Liveness(List<Instruction> code, int registers, BitSet leaders) {
        this.code = code;
        this.words = (registers + 63) / 64;
        this.liveIn = new long[code.size() + 1][words];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int end = code.size(); end > 0; ) {
                int begin = Math.max(0, leaders.previousSetBit(end - 1));
                changed |= block(begin, end);
                end = begin;
            }
        }
    }

    /** The registers {@code 64 * word} and up that are live when the instruction at {@code pc} begins, as bits. */
    long word(int pc, int word) {
        return liveIn[pc][word];
    }

    /** The registers that are live when the instruction at {@code pc} begins. */
    BitSet at(int pc) {
        return BitSet.valueOf(liveIn[pc]);
    }

    /** Adds them to a set. */
    void addTo(BitSet set, int pc) {
        long[] row = liveIn[pc];
        for (int word = 0; word < words; word++) {
            for (long rest = row[word]; rest != 0; rest &= rest - 1) {
                set.set(word * 64 + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    /** How many there are. */
    int count(int pc) {
        int count = 0;
        for (long word : liveIn[pc]) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** Where control goes besides the next instruction. */
    static List<Integer> targets(Instruction instruction) {
        return switch (instruction.op()) {
            case Op.Branch(int target) -> List.of(target);
            case Op.BranchTable table -> table.targets();
            default -> List.of();
        };
    }

    static boolean fallsThrough(Instruction instruction) {
        if (instruction.guard() >= 0) {
            return true;
        }
        return switch (instruction.op()) {
            case Op.Branch _, Op.BranchTable _, Op.Return _, Op.Exit _, Op.Trap _ -> false;
            default -> true;
        };
    }

    /** Goes backward through a block; true if more is live at its beginning than was known. */
    private boolean block(int begin, int end) {
        long[] live = new long[words];
        Instruction last = code.get(end - 1);
        if (fallsThrough(last)) {
            add(live, liveIn[end]);
        }
        for (int target : targets(last)) {
            add(live, liveIn[target]);
        }
        for (int pc = end - 1; pc >= begin; pc--) {
            Instruction instruction = code.get(pc);
            if (instruction.guard() < 0) {
                DataFlow.defines(instruction, register -> live[register >> 6] &= ~(1L << register));
            }
            DataFlow.uses(instruction, register -> live[register >> 6] |= 1L << register);
            System.arraycopy(live, 0, liveIn[pc], 0, pc == begin ? 0 : words);
        }
        return replace(liveIn[begin], live);
    }

    private static void add(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] |= from[i];
        }
    }

    private static boolean replace(long[] old, long[] now) {
        boolean changed = false;
        for (int i = 0; i < old.length; i++) {
            changed |= old[i] != now[i];
            old[i] = now[i];
        }
        return changed;
    }
}
