package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.List;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Loads whose value is only stored again: how the compiler copies a struct, padding and all. Reading bytes that nobody
 * wrote is no mistake there; using them is, and is seen elsewhere.
 */
final class MereCopies {

    private final BitSet withinThread = new BitSet();
    private final BitSet anywhere = new BitSet();

    MereCopies(TypedFunction function) {
        List<Instruction> code = function.code();
        BitSet used = new BitSet();
        BitSet leaving = new BitSet();
        for (Instruction instruction : code) {
            if (instruction.op() instanceof Op.Store store) {
                BitSet read = store.space() == Op.Space.LOCAL
                                || store.space() == Op.Space.PARAM_OUT
                                || store.space() == Op.Space.PARAM_RETURN
                        ? new BitSet()
                        : leaving;
                DataFlow.uses(instruction, read::set);
                DataFlow.uses(new Instruction(addressOf(store), instruction.guard(), false, null), used::set);
            } else if (!(instruction.op() instanceof Op.Copy(int _, Source.Register _))) {
                DataFlow.uses(instruction, used::set);
            } else if (instruction.guard() >= 0) {
                used.set(instruction.guard());
            }
        }
        throughRegisters(code, used);
        throughRegisters(code, leaving);
        for (int pc = 0; pc < code.size(); pc++) {
            if (code.get(pc).op() instanceof Op.Load load && !isFloat(load.type())) {
                boolean copied = load.d().stream().noneMatch(d -> d >= 0 && used.get(d));
                anywhere.set(pc, copied);
                withinThread.set(pc, copied && load.d().stream().noneMatch(d -> d >= 0 && leaving.get(d)));
            }
        }
    }

    /** What happens to a copy of a register happens to the register. */
    private static void throughRegisters(List<Instruction> code, BitSet registers) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int pc = code.size() - 1; pc >= 0; pc--) {
                if (code.get(pc).op() instanceof Op.Copy(int d, Source.Register(int a))
                        && d >= 0
                        && registers.get(d)
                        && !registers.get(a)) {
                    registers.set(a);
                    changed = true;
                }
            }
        }
    }

    private static Op addressOf(Op.Store store) {
        return new Op.Copy(-1, store.base());
    }

    private static boolean isFloat(PtxType type) {
        return type == PtxType.F32 || type == PtxType.F64 || type == PtxType.F16 || type == PtxType.F16X2;
    }

    /** Whether the load copies within the thread's own memory. */
    boolean staysInThread(int pc) {
        return withinThread.get(pc);
    }

    /** Whether the load's value is stored, wherever to, and not used otherwise. */
    boolean isCopy(int pc) {
        return anywhere.get(pc);
    }
}
