package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;

/**
 * Registers whose value goes up by the same step from thread to thread as long as the threads take the same way: also what a
 * loop carries, such as {@code i += 256}. Unlike {@link LinearRegisters} they may be written in several places, and what they
 * hold where lanes come together has to be looked at.
 */
final class CarriedSteps {

    /** Nothing known against any step. */
    private static final long OPEN = Long.MAX_VALUE;

    private final long[] steps;
    private final AbreastRule rule;

    /**
     * @param uniform registers that are the same in all threads of a block
     * @param width threads that go abreast
     */
    CarriedSteps(List<Instruction> code, List<RegisterKind> kinds, BitSet uniform, Detours detours, int width) {
        this.steps = new long[kinds.size()];
        Arrays.fill(steps, OPEN);
        this.rule = new AbreastRule(code, kinds, detours, register -> steps[register], width);
        boolean changed = true;
        while (changed) {
            settle(code, uniform);
            // Whose operands nobody writes, or only each other: nothing is known of them.
            changed = false;
            for (Instruction instruction : code) {
                if (waits(instruction)) {
                    changed |= learn(instruction, register -> StepRule.NOT_LINEAR);
                }
            }
        }
    }

    private void settle(List<Instruction> code, BitSet uniform) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Instruction instruction : code) {
                if (!waits(instruction)) {
                    changed |=
                            learn(instruction, register -> uniform.get(register) ? 0 : rule.of(instruction, register));
                }
            }
        }
    }

    /** Takes note of the steps that an instruction gives the registers that it writes; whether that is news. */
    private boolean learn(Instruction instruction, IntToLongFunction given) {
        boolean[] changed = {false};
        DataFlow.defines(instruction, register -> {
            long before = steps[register];
            if (before == StepRule.NOT_LINEAR) {
                return;
            }
            long step = given.applyAsLong(register);
            steps[register] = before == OPEN || before == step ? step : StepRule.NOT_LINEAR;
            changed[0] |= steps[register] != before;
        });
        return changed[0];
    }

    /** Whether an operand's step is not known yet. */
    private boolean waits(Instruction instruction) {
        boolean[] open = {false};
        DataFlow.uses(instruction, register -> open[0] |= steps[register] == OPEN);
        return open[0];
    }

    /** Whether the register has a step. */
    boolean isKnown(int register) {
        return steps[register] != StepRule.NOT_LINEAR && steps[register] != OPEN;
    }

    /** Whether the instruction's result is only taken to be the same in all threads. */
    boolean isGuess(Instruction instruction) {
        return switch (instruction.op()) {
            case Op.Compute compute -> rule.isGuess(compute);
            case Op.Compare compare -> rule.isGuess(compare);
            default -> false;
        };
    }

    long step(int register) {
        return steps[register];
    }
}
