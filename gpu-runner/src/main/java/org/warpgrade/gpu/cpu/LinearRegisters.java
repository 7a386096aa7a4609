package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.SpecialRegister;

/**
 * Registers whose value goes up by the same step from each thread of a row of the block to the next ({@code tid.x + 1}),
 * such as {@code blockIdx.x * blockDim.x + threadIdx.x} and addresses computed from it. Steps are modulo the width of the
 * register; where a register is widened, its steps go on only if it did not wrap around on the way, which a caller has to
 * find out.
 */
final class LinearRegisters {

    /** Larger ones are of no use, and this many times a thousand threads wraps around at most once. */
    private static final long LARGEST_STEP = 1 << 16;

    private static final long NOT_LINEAR = Long.MIN_VALUE;

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
        Arrays.fill(steps, NOT_LINEAR);
        uniform.stream().forEach(register -> steps[register] = 0);
        // Definitions mostly stand before their uses, so that the second pass finds nothing new.
        boolean[] changed = {true};
        while (changed[0]) {
            changed[0] = false;
            for (Instruction instruction : code) {
                DataFlow.defines(instruction, register -> {
                    if (once.get(register) && steps[register] == NOT_LINEAR) {
                        steps[register] = limited(stepOf(instruction), kinds.get(register));
                        changed[0] |= steps[register] != NOT_LINEAR;
                    }
                });
            }
        }
    }

    boolean isLinear(int register) {
        return steps[register] != NOT_LINEAR;
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
            if (instruction.op() instanceof Op.Compute compute
                    && isWidening(compute.meaning().name())) {
                DataFlow.uses(instruction, source -> {
                    if (steps[source] != 0 && kinds.get(source) == RegisterKind.INT) {
                        found.accept(source);
                    }
                });
            }
        });
    }

    private static boolean isWidening(String meaning) {
        return switch (meaning) {
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
        return step != NOT_LINEAR && Math.abs(exact) <= LARGEST_STEP ? exact : NOT_LINEAR;
    }

    private long stepOf(Instruction instruction) {
        if (instruction.guard() >= 0) {
            return NOT_LINEAR;
        }
        return switch (instruction.op()) {
            case Op.Copy copy -> step(copy.a());
            case Op.ConvertAddress convert -> step(convert.a());
            case Op.Compute compute when !compute.sat() && !compute.ftz() -> stepOf(compute);
            default -> NOT_LINEAR;
        };
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
            default -> sources.stream().allMatch(source -> step(source) == 0) ? 0 : NOT_LINEAR;
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

    private long step(Source source) {
        return switch (source) {
            case Source.Constant _ -> 0;
            case Source.Register(int register) -> steps[register];
            case Source.Special(SpecialRegister which) ->
                switch (which) {
                    case TID_X -> 1;
                    case TID_Y, TID_Z -> 0;
                    case NTID_X, NTID_Y, NTID_Z, CTAID_X, CTAID_Y, CTAID_Z, NCTAID_X, NCTAID_Y, NCTAID_Z -> 0;
                    default -> NOT_LINEAR;
                };
            case Source.LocalAddress _, Source.Complement _ -> NOT_LINEAR;
        };
    }
}
