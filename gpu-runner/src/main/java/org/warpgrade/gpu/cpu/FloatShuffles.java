package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.LinkedKernel;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;

/**
 * Shuffles of floats. PTX shuffles registers of bits, so that the compiler moves a float to one, shuffles, and moves what came
 * to a float: in lane loops two more rows to spill and to load for each step of a reduction, and a look at the bits of every
 * NaN. Here the shuffle exchanges the floats themselves and the two moves do nothing; they stay where they are, as
 * instructions that are executed.
 */
final class FloatShuffles {

    private static final Op NOTHING = new Op.Hint("mov");

    /** Instructions between a move and its shuffle: constants of the shuffle. */
    private static final int LONGEST_WAY = 8;

    private final List<Instruction> code;
    private final List<RegisterKind> kinds;
    private final BitSet targets = new BitSet();
    private final int[] definitions;
    private final int[] uses;

    private FloatShuffles(LinkedKernel kernel) {
        this.code = new ArrayList<>(kernel.function().code());
        this.kinds = kernel.function().registers();
        this.definitions = new int[kinds.size()];
        this.uses = new int[kinds.size()];
        for (Instruction instruction : code) {
            DataFlow.defines(instruction, register -> definitions[register]++);
            DataFlow.uses(instruction, register -> uses[register]++);
            Liveness.targets(instruction).forEach(targets::set);
        }
    }

    /** The same kernel; the kernel itself if it shuffles no floats. */
    static LinkedKernel in(LinkedKernel kernel) {
        // All activations of a function share its registers.
        boolean shuffles = kernel.bodies().isEmpty()
                && kernel.function().code().stream().anyMatch(instruction -> instruction.op() instanceof Op.Shuffle);
        if (!shuffles) {
            return kernel;
        }
        FloatShuffles found = new FloatShuffles(kernel);
        boolean changed = false;
        for (int pc = 0; pc < found.code.size(); pc++) {
            if (found.code.get(pc).op() instanceof Op.Shuffle shuffle
                    && found.code.get(pc).guard() < 0) {
                changed |= found.replace(pc, shuffle);
            }
        }
        return changed ? kernel.with(found.code) : kernel;
    }

    private boolean replace(int pc, Op.Shuffle shuffle) {
        int d = shuffle.d();
        if (!(shuffle.a() instanceof Source.Register(int a)) || d < 0 || !isTemporary(a) || !isTemporary(d)) {
            return false;
        }
        int from = moveBefore(pc, a);
        int to = moveBehind(pc, d);
        if (from < 0 || to < 0) {
            return false;
        }
        Op.Copy sent = (Op.Copy) code.get(from).op();
        Op.Copy received = (Op.Copy) code.get(to).op();
        put(from, NOTHING);
        put(
                pc,
                new Op.Shuffle(
                        shuffle.mode(), received.d(), shuffle.p(), sent.a(), shuffle.b(), shuffle.c(), shuffle.mask()));
        put(to, NOTHING);
        return true;
    }

    private void put(int pc, Op op) {
        code.set(pc, new Instruction(op, -1, false, code.get(pc).at()));
    }

    /** Whether a register of bits is written once and read once. */
    private boolean isTemporary(int register) {
        return kinds.get(register) == RegisterKind.INT && definitions[register] == 1 && uses[register] == 1;
    }

    /** Where the float that is sent was moved to a register of bits and is unchanged since; -1 if it was not. */
    private int moveBefore(int shuffle, int bits) {
        BitSet changed = new BitSet();
        for (int pc = shuffle - 1; pc >= 0 && shuffle - pc <= LONGEST_WAY && !targets.get(pc + 1); pc--) {
            Instruction instruction = code.get(pc);
            if (instruction.guard() < 0
                    && instruction.op() instanceof Op.Copy(int d, Source.Register(int moved))
                    && d == bits) {
                return kinds.get(moved) == RegisterKind.FLOAT && !changed.get(moved) ? pc : -1;
            }
            DataFlow.defines(instruction, changed::set);
        }
        return -1;
    }

    /** Where what came is moved to a float that nobody has touched since; -1 if it is not. */
    private int moveBehind(int shuffle, int bits) {
        BitSet touched = new BitSet();
        for (int pc = shuffle + 1; pc < code.size() && pc - shuffle <= LONGEST_WAY; pc++) {
            Instruction instruction = code.get(pc);
            if (targets.get(pc) || !Liveness.targets(instruction).isEmpty()) {
                return -1;
            }
            if (instruction.guard() < 0
                    && instruction.op() instanceof Op.Copy(int d, Source.Register(int moved))
                    && moved == bits) {
                return kinds.get(d) == RegisterKind.FLOAT && !touched.get(d) ? pc : -1;
            }
            DataFlow.defines(instruction, touched::set);
            DataFlow.uses(instruction, touched::set);
        }
        return -1;
    }
}
