package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.List;
import org.warpgrade.gpu.cpu.AbreastRegion.Block;
import org.warpgrade.gpu.cpu.Detours.Detour;
import org.warpgrade.gpu.cpu.RegionPlan.Boundary;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;

/** What each lane does in a block of an {@link AbreastRegion}, and which registers go into it and come out of it. */
final class AbreastFlow {

    private final RegionPlan plan;
    private final AbreastRegion abreast;
    private final List<Instruction> code;

    AbreastFlow(RegionPlan plan, AbreastRegion abreast) {
        this.plan = plan;
        this.abreast = abreast;
        this.code = plan.function().code();
    }

    /** Whether the register is another one for each lane, without a step. */
    boolean isOfEachLane(int register) {
        return !plan.isUniform(register) && !abreast.isScalar(register);
    }

    /** Whether each lane does the instruction. */
    boolean isOfEachLane(Instruction instruction, int pc) {
        return !isDone(instruction, pc)
                && (instruction.op() instanceof Op.Store || defines(instruction, this::isOfEachLane));
    }

    /** Whether the instruction is done once for all lanes. */
    boolean isOfFirstLane(Instruction instruction, int pc) {
        return !isDone(instruction, pc) && defines(instruction, abreast::isScalar);
    }

    /** Whether the instruction was done before the first block, or is none of its own. */
    boolean isDone(Instruction instruction, int pc) {
        return abreast.isLast(pc) || instruction.op() instanceof Op.Hint || plan.isUniformDefinition(pc);
    }

    private interface Registers {
        boolean test(int register);
    }

    private static boolean defines(Instruction instruction, Registers wanted) {
        boolean[] found = {false};
        DataFlow.defines(instruction, register -> found[0] |= wanted.test(register));
        return found[0];
    }

    /** Whether there is anything for each lane to do. */
    boolean hasWorkOfEachLane(Block block) {
        if (abreast.mayPart(block)) {
            return true;
        }
        for (int pc = block.begin(); pc < block.end(); pc++) {
            if (isOfEachLane(code.get(pc), pc)) {
                return true;
            }
        }
        return false;
    }

    /** Registers of each lane that a block reads before it writes them. */
    BitSet readFirst(Block block) {
        BitSet read = new BitSet();
        BitSet written = new BitSet();
        BitSet wanted = wantedBehind(block);
        for (int pc = block.begin(); pc < block.end(); pc++) {
            Instruction instruction = code.get(pc);
            boolean decides = block.decidesAt(pc) || pc == block.end() - 1 && abreast.mayPart(block);
            if (!decides && !isOfEachLane(instruction, pc)) {
                continue;
            }
            DataFlow.uses(instruction, register -> {
                if (isOfEachLane(register) && !written.get(register)) {
                    read.set(register);
                }
            });
            boolean ofSome = block.isOfSome(pc);
            DataFlow.defines(instruction, register -> {
                // Lanes that jump over it keep what they have.
                if (ofSome && wanted.get(register) && isOfEachLane(register) && !written.get(register)) {
                    read.set(register);
                }
                written.set(register);
            });
        }
        return read;
    }

    /** Registers of each lane that a block writes and somebody reads behind it. */
    BitSet written(Block block) {
        BitSet written = new BitSet();
        for (int pc = block.begin(); pc < block.end(); pc++) {
            Instruction instruction = code.get(pc);
            if (isOfEachLane(instruction, pc)) {
                DataFlow.defines(instruction, register -> written.set(register, isOfEachLane(register)));
            }
        }
        written.and(wantedBehind(block));
        return written;
    }

    /** Registers that somebody reads behind the block: where lanes go on, or where they part. */
    BitSet wantedBehind(Block block) {
        int last = block.end() - 1;
        Instruction instruction = code.get(last);
        Boundary boundary = plan.boundaryAt(last);
        BitSet wanted = new BitSet();
        if (boundary != null && boundary.sync() != null) {
            plan.liveness().addTo(wanted, last);
            return wanted;
        }
        if (Liveness.fallsThrough(instruction)) {
            plan.liveness().addTo(wanted, block.end());
        }
        Liveness.targets(instruction).forEach(target -> plan.liveness().addTo(wanted, target));
        if (instruction.guard() >= 0) {
            wanted.set(instruction.guard());
        }
        return wanted;
    }

    /** Instructions that all lanes execute. */
    int stepsOfAll(Block block) {
        Detour detour = block.detour();
        return steps(block.begin(), detour == null ? block.end() : detour.body());
    }

    /** Instructions that lanes execute more than the others if they do the detour. */
    int stepsOfSome(Detour detour) {
        // The others have executed the jump to the end instead, if there is one.
        return steps(detour.body(), detour.end()) - (detour.body() - detour.branch() - 1);
    }

    private int steps(int begin, int end) {
        return code.subList(begin, end).stream().mapToInt(RegionCode::steps).sum();
    }
}
