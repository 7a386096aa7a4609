package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/**
 * Steps where threads do each instruction together, so that all that load from one address get the same. Some results are taken
 * to be the same in all threads although they need not be, because threads that differ there part a moment later: a comparison
 * that decides which way to go, and how often a loop has to run, which is a quotient by the size of a block. Code that relies on
 * such a guess has to look.
 */
final class AbreastRule extends StepRule {

    private final int width;
    /** Predicates that decide where threads go, and nothing else. */
    private final BitSet deciding;
    /** Predicates that decide who does a few instructions more. */
    private final BitSet overDetours;
    /** Registers that depend on which block of the grid it is. */
    private final BitSet ofBlock;

    /**
     * @param detours branches for which threads do not part
     * @param width threads that go abreast
     */
    AbreastRule(
            List<Instruction> code, List<RegisterKind> kinds, Detours detours, IntToLongFunction registers, int width) {
        super(kinds, registers);
        this.width = width;
        this.deciding = deciding(code, kinds);
        this.overDetours = overDetours(code, detours);
        this.ofBlock = ofBlock(code);
    }

    private static BitSet deciding(List<Instruction> code, List<RegisterKind> kinds) {
        BitSet deciding = new BitSet();
        for (int register = 0; register < kinds.size(); register++) {
            deciding.set(register, kinds.get(register) == RegisterKind.BOOLEAN);
        }
        int before;
        do {
            before = deciding.cardinality();
            for (Instruction instruction : code) {
                if (!handsOn(instruction, deciding)) {
                    DataFlow.uses(instruction, deciding::clear);
                }
            }
        } while (deciding.cardinality() < before);
        return deciding;
    }

    private static BitSet overDetours(List<Instruction> code, Detours detours) {
        BitSet found = new BitSet();
        for (int pc = code.size() - 1; pc >= 0; pc--) {
            Instruction instruction = code.get(pc);
            boolean[] part = {detours.at(pc) != null};
            DataFlow.defines(instruction, register -> part[0] |= found.get(register));
            if (part[0]) {
                DataFlow.uses(instruction, found::set);
            }
        }
        return found;
    }

    private static BitSet ofBlock(List<Instruction> code) {
        BitSet found = new BitSet();
        int before;
        do {
            before = found.cardinality();
            for (Instruction instruction : code) {
                boolean[] part = {readsBlockIndex(instruction.op())};
                DataFlow.uses(instruction, register -> part[0] |= found.get(register));
                if (part[0]) {
                    DataFlow.defines(instruction, found::set);
                }
            }
        } while (found.cardinality() > before);
        return found;
    }

    private static boolean readsBlockIndex(Op op) {
        return switch (op) {
            case Op.Copy copy -> isBlockIndex(copy.a());
            case Op.Compute compute -> compute.sources().stream().anyMatch(AbreastRule::isBlockIndex);
            default -> false;
        };
    }

    private static boolean isBlockIndex(Source source) {
        return source instanceof Source.Special(SpecialRegister which)
                && (which == SpecialRegister.CTAID_X
                        || which == SpecialRegister.CTAID_Y
                        || which == SpecialRegister.CTAID_Z);
    }

    /** Whether what the instruction reads decides where threads go, at once or as part of another predicate. */
    private static boolean handsOn(Instruction instruction, BitSet deciding) {
        return switch (instruction.op()) {
            case Op.Branch _, Op.Return _, Op.Exit _ -> true;
            case Op.Compute op -> instruction.guard() < 0 && op.d() >= 0 && deciding.get(op.d());
            case Op.Copy op -> instruction.guard() < 0 && op.d() >= 0 && deciding.get(op.d());
            case Op.Compare op ->
                instruction.guard() < 0 && op.d() >= 0 && deciding.get(op.d()) && (op.q() < 0 || deciding.get(op.q()));
            default -> false;
        };
    }

    @Override
    long stepOf(Op op) {
        long step = super.stepOf(op);
        if (step != NOT_LINEAR) {
            return step;
        }
        return switch (op) {
            case Op.Compute compute -> isGuess(compute) ? 0 : sameIf(compute.sources());
            case Op.Compare compare -> isGuess(compare) ? 0 : sameIf(sources(compare));
            case Op.Select select -> sameIf(List.of(select.a(), select.b(), select.p()));
            case Op.Pack pack -> sameIf(pack.parts());
            case Op.Unpack unpack -> sameIf(List.of(unpack.a()));
            case Op.Load load
            when load.space() == Op.Space.GLOBAL || load.space() == Op.Space.SHARED -> sameIf(List.of(load.base()));
            default -> NOT_LINEAR;
        };
    }

    private static List<Source> sources(Op.Compare compare) {
        return compare.c() == null ? List.of(compare.a(), compare.b()) : List.of(compare.a(), compare.b(), compare.c());
    }

    /** Whether a shift to the right is taken to give the same in all threads, which it may if they are that close together. */
    boolean isGuess(Op.Compute compute) {
        if (!isShift(compute.meaning())
                || !(compute.sources().get(1) instanceof Source.Constant(long by))
                || by < 0
                || by > 31) {
            return false;
        }
        long step = step(compute.sources().get(0));
        return step != NOT_LINEAR && step != 0 && Math.abs(step) * width <= 1L << by;
    }

    /**
     * Whether a comparison is taken to give the same in all threads. Of detours it is only if it asks where in the grid a thread is,
     * such as {@code i < n}: that mostly holds for the whole block, unlike {@code threadIdx.x < s}.
     */
    boolean isGuess(Op.Compare compare) {
        if (compare.value() != null
                || compare.q() >= 0
                || compare.c() != null
                || compare.d() < 0
                || !deciding.get(compare.d())
                || !isOrder(compare.comparison())) {
            return false;
        }
        long a = step(compare.a());
        long b = step(compare.b());
        return a != NOT_LINEAR
                && b != NOT_LINEAR
                && (a != 0) != (b != 0)
                && (!overDetours.get(compare.d()) || isOfBlock(a != 0 ? compare.a() : compare.b()));
    }

    private boolean isOfBlock(Source source) {
        return source instanceof Source.Register(int register) && ofBlock.get(register);
    }

    private static boolean isShift(MethodRef meaning) {
        return meaning.name().equals("shr_u32") || meaning.name().equals("shr_s32");
    }

    private static boolean isOrder(MethodRef comparison) {
        return comparison.name().matches("set_(lt|le|gt|ge|lo|ls|hi|hs)_[su]32");
    }

    /** Whether the operation is about numbers without a sign. */
    static boolean isUnsigned(MethodRef meaning) {
        return meaning.name().contains("_u") || meaning.name().matches("set_(lo|ls|hi|hs)_.*");
    }
}
