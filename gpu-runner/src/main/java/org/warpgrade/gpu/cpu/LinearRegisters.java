package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;

/**
 * Registers whose value goes up by the same step from each thread of a row of the block to the next ({@code tid.x + 1}),
 * such as {@code blockIdx.x * blockDim.x + threadIdx.x} and addresses computed from it. Steps are modulo the width of the
 * register; where a register is widened, its steps go on only if it did not wrap around on the way, which a caller has to
 * find out.
 */
final class LinearRegisters {

    private final List<Instruction> code;
    private final List<RegisterKind> kinds;
    private final int[] definition;
    /** Whether the register is the same in all threads of a block. */
    private final BitSet uniform;

    private final long[] steps;

    /**
     * @param definition where each register is defined that is defined once
     * @param once registers that are defined once, and never read before that
     */
    LinearRegisters(List<Instruction> code, List<RegisterKind> kinds, int[] definition, BitSet once, BitSet uniform) {
        this.code = code;
        this.kinds = kinds;
        this.definition = definition;
        this.uniform = uniform;
        this.steps = new long[kinds.size()];
        Arrays.fill(steps, StepRule.NOT_LINEAR);
        uniform.stream().forEach(register -> steps[register] = 0);
        StepRule rule = new StepRule(kinds, register -> steps[register]);
        // Definitions mostly stand before their uses, so that the second pass finds nothing new.
        boolean[] changed = {true};
        while (changed[0]) {
            changed[0] = false;
            for (Instruction instruction : code) {
                DataFlow.defines(instruction, register -> {
                    if (once.get(register) && steps[register] == StepRule.NOT_LINEAR) {
                        steps[register] = rule.of(instruction, register);
                        changed[0] |= steps[register] != StepRule.NOT_LINEAR;
                    }
                });
            }
        }
    }

    boolean isLinear(int register) {
        return steps[register] != StepRule.NOT_LINEAR;
    }

    long step(int register) {
        return steps[register];
    }

    /** Tells a register's linear sources that are not uniform, and theirs, each before what is computed from it. */
    void chain(int register, IntConsumer found) {
        chain(register, new BitSet(), found);
    }

    private void chain(int register, BitSet seen, IntConsumer found) {
        if (uniform.get(register) || seen.get(register)) {
            return;
        }
        seen.set(register);
        DataFlow.uses(code.get(definition[register]), source -> chain(source, seen, found));
        found.accept(register);
    }

    /** Tells the registers of a chain that are widened in it. */
    void widened(int register, IntConsumer found) {
        chain(register, linear -> {
            Instruction instruction = code.get(definition[linear]);
            if (instruction.op() instanceof Op.Compute compute && StepRule.isWidening(compute.meaning())) {
                DataFlow.uses(instruction, source -> {
                    if (steps[source] != 0 && kinds.get(source) == RegisterKind.INT) {
                        found.accept(source);
                    }
                });
            }
        });
    }
}
