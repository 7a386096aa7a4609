package org.warpgrade.gpu.cpu;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/** Branches around a few instructions, such as {@code if (lane == 0) part[warp] = sum}: lanes need not part to do them. */
final class Detours {

    /** Longer ones are worth it only if few lanes do them. */
    private static final int LONGEST = 12;

    /**
     * A few instructions that only some lanes do.
     *
     * @param branch decides who does
     * @param body the first of them
     * @param end where all lanes are again
     * @param predicate the register that decides
     * @param truth what it holds for those that do
     */
    record Detour(int branch, int body, int end, int predicate, boolean truth) {}

    private final List<Instruction> code;
    /** The branches that lead to each instruction. */
    private final int[] ways;

    private final TreeMap<Integer, Detour> found = new TreeMap<>();

    Detours(List<Instruction> code) {
        this.code = code;
        this.ways = new int[code.size() + 1];
        code.forEach(instruction -> Liveness.targets(instruction).forEach(target -> ways[target]++));
        for (int pc = 0; pc < code.size(); pc++) {
            Detour detour = detourAt(pc);
            if (detour != null && isPlain(detour)) {
                found.put(pc, detour);
            }
        }
    }

    private @Nullable Detour detourAt(int branch) {
        Instruction instruction = code.get(branch);
        if (instruction.guard() < 0 || !(instruction.op() instanceof Op.Branch(int target))) {
            return null;
        }
        boolean jumps = !instruction.guardNegated();
        int next = branch + 1;
        // Where the condition is the other way round, the compiler jumps over a jump: @p bra body; bra end; body: …
        // end:
        boolean over = target == branch + 2
                && ways[target] == 1
                && ways[next] == 0
                && code.get(next).guard() < 0
                && code.get(next).op() instanceof Op.Branch;
        return over
                ? new Detour(branch, target, ((Op.Branch) code.get(next).op()).target(), instruction.guard(), jumps)
                : new Detour(branch, next, target, instruction.guard(), !jumps);
    }

    /** Whether the instructions are few, and nobody enters or leaves them in another way. */
    private boolean isPlain(Detour detour) {
        if (detour.end() <= detour.body() || detour.end() - detour.branch() > LONGEST) {
            return false;
        }
        for (int pc = detour.body(); pc < detour.end(); pc++) {
            Instruction instruction = code.get(pc);
            boolean entered = pc == detour.body() && pc == detour.branch() + 2;
            if (!Liveness.targets(instruction).isEmpty()
                    || !Liveness.fallsThrough(instruction)
                    || ways[pc] > (entered ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    /** The detour that a branch decides about; null if it is none. */
    @Nullable
    Detour at(int branch) {
        return found.get(branch);
    }
}
