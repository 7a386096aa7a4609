package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.List;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/** Branches over a few instructions, such as {@code if (lane == 0) part[warp] = sum}: lanes need not part to do them. */
final class Detours {

    /** Longer ones are worth it only if few lanes do them. */
    private static final int LONGEST = 12;

    private final List<Instruction> code;
    private final BitSet found = new BitSet();

    Detours(List<Instruction> code) {
        this.code = code;
        BitSet targets = new BitSet();
        code.forEach(instruction -> Liveness.targets(instruction).forEach(targets::set));
        for (int pc = 0; pc < code.size(); pc++) {
            found.set(pc, isDetour(pc, targets));
        }
    }

    private boolean isDetour(int branch, BitSet targets) {
        Instruction instruction = code.get(branch);
        if (instruction.guard() < 0 || !(instruction.op() instanceof Op.Branch(int end))) {
            return false;
        }
        if (end <= branch + 1 || end - branch > LONGEST || targets.get(branch + 1)) {
            return false;
        }
        for (int pc = branch + 1; pc < end; pc++) {
            boolean isPlain = Liveness.targets(code.get(pc)).isEmpty() && Liveness.fallsThrough(code.get(pc));
            if (!isPlain || targets.get(pc)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the branch is one over a few instructions that nobody enters in another way. */
    boolean isDetour(int pc) {
        return found.get(pc);
    }

    /** Where the lanes that jump and those that do not meet again. */
    static int end(Instruction branch) {
        return ((Op.Branch) branch.op()).target();
    }
}
