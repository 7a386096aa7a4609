package org.warpgrade.gpu.ptx.typed;

import java.util.ArrayList;
import java.util.List;

/**
 * Replaces registers that hold one constant for ever by the constant. NVRTC moves the operands of shuffles, votes and
 * launches to registers first; as constants they let an executor see that a whole warp meets.
 */
final class ConstantRegisters {

    private final List<Instruction> code;
    private final int[] definitions;
    private final Source[] constants;
    private final int[] uses;

    ConstantRegisters(List<Instruction> code, int registers) {
        this.code = code;
        this.definitions = new int[registers];
        this.constants = new Source[registers];
        this.uses = new int[registers];
    }

    /** The code with constants in place, and shuffle predicates that nobody reads dropped. */
    List<Instruction> propagate() {
        for (Instruction instruction : code) {
            DataFlow.defines(instruction, register -> definitions[register]++);
            if (instruction.guard() < 0
                    && instruction.op() instanceof Op.Copy(int d, Source.Constant constant)
                    && d >= 0) {
                constants[d] = constant;
            }
        }
        List<Instruction> replaced = new ArrayList<>(code.size());
        for (Instruction instruction : code) {
            Op op = new Rewriting(this::replace, register -> register).of(instruction.op());
            replaced.add(new Instruction(op, instruction.guard(), instruction.guardNegated(), instruction.at()));
        }
        for (Instruction instruction : replaced) {
            DataFlow.uses(instruction, register -> uses[register]++);
        }
        replaced.replaceAll(this::withoutUnreadPredicate);
        return List.copyOf(replaced);
    }

    private Source replace(Source source) {
        return switch (source) {
            case Source.Register(int index)
            when definitions[index] == 1 && constants[index] != null -> constants[index];
            case Source.Complement(Source predicate) -> new Source.Complement(replace(predicate));
            default -> source;
        };
    }

    private Instruction withoutUnreadPredicate(Instruction instruction) {
        if (instruction.op() instanceof Op.Shuffle s && s.p() >= 0 && uses[s.p()] == 0) {
            Op op = new Op.Shuffle(s.mode(), s.d(), -1, s.a(), s.b(), s.c(), s.mask());
            return new Instruction(op, instruction.guard(), instruction.guardNegated(), instruction.at());
        }
        return instruction;
    }
}
