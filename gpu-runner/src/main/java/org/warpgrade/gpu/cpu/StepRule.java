package org.warpgrade.gpu.cpu;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/**
 * By how much a result goes up from each thread of a row of the block to the next, given by how much the operands do. Steps are
 * modulo the width of the register; 0 where all threads have the same.
 */
class StepRule {

    static final long NOT_LINEAR = Long.MIN_VALUE;

    /** Larger ones are of no use, and this many times a thousand threads wraps around at most once. */
    private static final long LARGEST_STEP = 1 << 16;

    private final List<RegisterKind> kinds;
    private final IntToLongFunction registers;

    /** @param registers the step of each register */
    StepRule(List<RegisterKind> kinds, IntToLongFunction registers) {
        this.kinds = kinds;
        this.registers = registers;
    }

    /** The step of a register that an instruction defines. */
    long of(Instruction instruction, int register) {
        return limited(stepOf(instruction), kinds.get(register));
    }

    /** Whether a 32-bit operand becomes a wider one: steps go on only if it did not wrap around. */
    static boolean isWidening(MethodRef meaning) {
        return switch (meaning.name()) {
            case "mul_wide_s32",
                    "mul_wide_u32",
                    "mad_wide_s32",
                    "mad_wide_u32",
                    "cvt_s64_s32",
                    "cvt_u64_u32",
                    "cvt_s64_u32" -> true;
            default -> false;
        };
    }

    private static long limited(long step, RegisterKind kind) {
        long exact = kind == RegisterKind.INT ? (int) step : step;
        boolean counts = kind == RegisterKind.INT || kind == RegisterKind.LONG;
        return step == 0 || step != NOT_LINEAR && counts && Math.abs(exact) <= LARGEST_STEP ? exact : NOT_LINEAR;
    }

    private long stepOf(Instruction instruction) {
        return instruction.guard() >= 0 ? NOT_LINEAR : stepOf(instruction.op());
    }

    /** The step of what an operation computes. */
    long stepOf(Op op) {
        return switch (op) {
            case Op.Copy copy -> isMove(copy) ? step(copy.a()) : sameIf(List.of(copy.a()));
            case Op.ConvertAddress convert -> step(convert.a());
            case Op.Compute compute when !compute.sat() && !compute.ftz() -> stepOf(compute);
            default -> NOT_LINEAR;
        };
    }

    /** Whether the value goes to a register of the same width. */
    private boolean isMove(Op.Copy copy) {
        return !(copy.a() instanceof Source.Register(int from)) || kinds.get(from) == kinds.get(copy.d());
    }

    /** What is computed from values that are the same in all threads is the same, too. */
    long sameIf(List<Source> sources) {
        return sources.stream().allMatch(source -> step(source) == 0) ? 0 : NOT_LINEAR;
    }

    private long stepOf(Op.Compute compute) {
        List<Source> sources = compute.sources();
        return switch (compute.meaning().name()) {
            case "add_s32", "add_u32", "add_s64", "add_u64" -> sum(step(sources.get(0)), step(sources.get(1)));
            case "sub_s32", "sub_u32", "sub_s64", "sub_u64" -> sum(step(sources.get(0)), -step(sources.get(1)));
            case "mul_lo_s32", "mul_lo_u32", "mul_lo_s64", "mul_lo_u64", "mul_wide_s32", "mul_wide_u32" ->
                product(sources.get(0), sources.get(1));
            case "mad_lo_s32", "mad_lo_u32", "mad_lo_s64", "mad_lo_u64", "mad_wide_s32", "mad_wide_u32" ->
                sum(product(sources.get(0), sources.get(1)), step(sources.get(2)));
            case "shl_b32", "shl_b64" ->
                sources.get(1) instanceof Source.Constant(long by) && by >= 0 && by < 16
                        ? times(step(sources.get(0)), 1L << by)
                        : NOT_LINEAR;
            case "cvt_s64_s32", "cvt_u64_u32", "cvt_s64_u32" -> step(sources.get(0));
            // ~a is -a - 1
            case "not_b32", "not_b64", "neg_s32", "neg_s64" -> -step(sources.get(0));
            default -> sameIf(sources);
        };
    }

    private static long sum(long a, long b) {
        // NOT_LINEAR is its own negation
        return a == NOT_LINEAR || b == NOT_LINEAR ? NOT_LINEAR : a + b;
    }

    private static long times(long step, long factor) {
        return step == NOT_LINEAR ? NOT_LINEAR : step * factor;
    }

    private long product(Source a, Source b) {
        if (b instanceof Source.Constant(long factor)) {
            return times(step(a), factor(factor));
        }
        if (a instanceof Source.Constant(long factor)) {
            return times(step(b), factor(factor));
        }
        return step(a) == 0 && step(b) == 0 ? 0 : NOT_LINEAR;
    }

    /** A factor beyond this makes steps that are too large in any case. */
    private static long factor(long constant) {
        return constant >= 0 && constant <= LARGEST_STEP ? constant : LARGEST_STEP + 1;
    }

    long step(Source source) {
        return switch (source) {
            case Source.Constant _ -> 0;
            case Source.Register(int register) -> registers.applyAsLong(register);
            case Source.Special(SpecialRegister which) ->
                switch (which) {
                    case TID_X -> 1;
                    case TID_Y, TID_Z -> 0;
                    default -> which.isOfBlock() ? 0 : NOT_LINEAR;
                };
            case Source.Complement(Source predicate) -> step(predicate) == 0 ? 0 : NOT_LINEAR;
            case Source.LocalAddress _ -> NOT_LINEAR;
        };
    }
}
