package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Loads that the source makes under a condition and the compiler makes always, to drop the value again: {@code flag ? v : -1} becomes a
 * load and a {@code selp}. Where the value is dropped the program has not read it, so the sanitizers do not look.
 */
final class DroppedLoads {

    /** Instructions between a load and the selection that its value may pass through. */
    private static final int LONGEST_WAY = 8;

    /**
     * When a value is kept.
     *
     * @param predicate the register that decides, which is known before the load
     * @param kept what it holds where the value is kept
     */
    record Condition(int predicate, boolean kept) {}

    private final List<Instruction> code;
    private final int[] uses;
    private final int[] usedAt;
    private final int[] definitions;
    private final int[] definedAt;
    private final BitSet targets = new BitSet();
    private final Map<Integer, Condition> conditions = new HashMap<>();

    DroppedLoads(TypedFunction function) {
        int registers = function.registers().size();
        this.code = function.code();
        this.uses = new int[registers];
        this.usedAt = new int[registers];
        this.definitions = new int[registers];
        this.definedAt = new int[registers];
        Arrays.fill(definedAt, Integer.MAX_VALUE);
        for (int pc = 0; pc < code.size(); pc++) {
            note(pc);
        }
        for (int pc = 0; pc < code.size(); pc++) {
            Instruction instruction = code.get(pc);
            if (instruction.guard() < 0
                    && instruction.op() instanceof Op.Load load
                    && load.d().size() == 1
                    && load.d().getFirst() >= 0
                    && !load.order().isStrong()) {
                Condition condition = follow(pc, load.d().getFirst());
                if (condition != null) {
                    conditions.put(pc, condition);
                }
            }
        }
    }

    /** When the value of the load is kept; null if always. */
    @Nullable
    Condition at(int pc) {
        return conditions.get(pc);
    }

    private void note(int pc) {
        Instruction instruction = code.get(pc);
        DataFlow.uses(instruction, register -> {
            uses[register]++;
            usedAt[register] = pc;
        });
        DataFlow.defines(instruction, register -> {
            definitions[register]++;
            definedAt[register] = Math.min(definedAt[register], pc);
        });
        Liveness.targets(instruction).forEach(targets::set);
    }

    /** Follows a value that is used once, and once again, to where it is selected or dropped. */
    private @Nullable Condition follow(int load, int loaded) {
        int register = loaded;
        int at = load;
        for (int i = 0; i < LONGEST_WAY; i++) {
            int user = usedAt[register];
            if (uses[register] != 1 || definitions[register] != 1 || user <= at || !isStraight(at, user)) {
                return null;
            }
            at = user;
            switch (code.get(user).op()) {
                case Op.Compute compute -> register = compute.d();
                case Op.Copy copy -> register = copy.d();
                case Op.Select select -> {
                    return condition(select, register, load);
                }
                default -> {
                    return null;
                }
            }
            if (register < 0) {
                return null;
            }
        }
        return null;
    }

    /** Whether whoever is at one instruction comes to the other. */
    private boolean isStraight(int from, int to) {
        int target = targets.nextSetBit(from + 1);
        if (target >= 0 && target <= to || code.get(to).guard() >= 0) {
            return false;
        }
        for (int pc = from + 1; pc < to; pc++) {
            if (code.get(pc).op() instanceof Op.Branch
                    || code.get(pc).op() instanceof Op.BranchTable
                    || code.get(pc).op() instanceof Op.Return
                    || code.get(pc).op() instanceof Op.Exit) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Condition condition(Op.Select select, int register, int load) {
        boolean first = isRegister(select.a(), register);
        if (first == isRegister(select.b(), register)) {
            return null;
        }
        return switch (select.p()) {
            case Source.Register(int p) when isKnownBefore(p, load) -> new Condition(p, first);
            case Source.Complement(Source.Register(int p)) when isKnownBefore(p, load) -> new Condition(p, !first);
            default -> null;
        };
    }

    private static boolean isRegister(Source source, int register) {
        return source instanceof Source.Register(int index) && index == register;
    }

    private boolean isKnownBefore(int predicate, int load) {
        return definitions[predicate] == 1 && definedAt[predicate] < load;
    }
}
