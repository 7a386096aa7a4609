package org.warpgrade.gpu.cpu;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;
import org.warpgrade.gpu.ptx.typed.DataFlow;
import org.warpgrade.gpu.ptx.typed.Instruction;
import org.warpgrade.gpu.ptx.typed.Op;
import org.warpgrade.gpu.ptx.typed.RegisterKind;
import org.warpgrade.gpu.ptx.typed.Source;
import org.warpgrade.gpu.ptx.typed.TypedFunction;

/**
 * Where the bits of NaNs matter. Arithmetic in single precision gives one NaN, 0x7FFFFFFF (CUDA C++ Programming Guide,
 * floating-point standard), the JVM's arithmetic gives the host's. As long as a value only meets arithmetic the difference
 * cannot be seen; so registers that hold nothing but results of arithmetic are made canonical when their bits are looked at,
 * by a store for example, and the loops between stay as fast as they were. Double precision hands payloads on (PTX ISA,
 * Floating Point Instructions): the first operand that is a NaN, made quiet.
 */
final class ArithmeticNans {

    private final BitSet open = new BitSet();

    /** @param meeting the instructions that read registers where they were spilled: as bits */
    ArithmeticNans(TypedFunction function, IntPredicate meeting) {
        List<Instruction> code = function.code();
        List<RegisterKind> registers = function.registers();
        for (int register = 0; register < registers.size(); register++) {
            open.set(register, registers.get(register) == RegisterKind.FLOAT);
        }
        for (int pc = 0; pc < code.size(); pc++) {
            if (meeting.test(pc) && !isFloatShuffle(code.get(pc).op(), registers)) {
                DataFlow.uses(code.get(pc), open::clear);
            }
        }
        int before;
        do {
            before = open.cardinality();
            for (Instruction instruction : code) {
                DataFlow.defines(instruction, register -> {
                    if (!staysOpen(instruction.op())) {
                        open.clear(register);
                    }
                });
                // Nobody closes a NaN on its way from lane to lane.
                if (isFloatShuffle(instruction.op(), registers) && !open.get(((Op.Shuffle) instruction.op()).d())) {
                    DataFlow.uses(instruction, open::clear);
                }
            }
        } while (open.cardinality() < before);
    }

    /** Whether lanes exchange floats: a NaN is as open to who receives it as to who sends it. */
    private static boolean isFloatShuffle(Op op, List<RegisterKind> registers) {
        return op instanceof Op.Shuffle shuffle
                && shuffle.a() instanceof Source.Register(int a)
                && shuffle.d() >= 0
                && registers.get(a) == RegisterKind.FLOAT
                && registers.get(shuffle.d()) == RegisterKind.FLOAT;
    }

    private boolean staysOpen(Op op) {
        return switch (op) {
            case Op.Compute compute -> isCanonical(compute.meaning());
            case Op.Copy copy -> isOpen(copy.a());
            case Op.Select select -> isOpen(select.a()) && isOpen(select.b());
            case Op.Shuffle shuffle -> isOpen(shuffle.a());
            default -> false;
        };
    }

    private boolean isOpen(Source source) {
        return switch (source) {
            case Source.Register(int register) -> open.get(register);
            case Source.Constant(long bits) -> !Float.isNaN(Float.intBitsToFloat((int) bits));
            default -> false;
        };
    }

    /** Whether a NaN in the register is one of arithmetic that nobody has looked at yet. */
    boolean isOpen(int register) {
        return open.get(register);
    }

    /** Whether the operation's result in single precision is canonical if it is a NaN. */
    static boolean isCanonical(MethodRef meaning) {
        return meaning.type().returnType() == float.class && !movesBits(meaning);
    }

    private static boolean movesBits(MethodRef meaning) {
        return meaning.name().startsWith("copysign") || meaning.name().startsWith("slct");
    }

    /** Whether the operation looks at the bits of its operands in single precision. */
    static boolean looksAtBits(MethodRef meaning) {
        return movesBits(meaning) || meaning.type().returnType() == double.class;
    }

    /** Whether the operation hands the payloads of NaNs in double precision on. */
    static boolean handsOn(MethodRef meaning) {
        return meaning.type().returnType() == double.class
                && meaning.type().parameterList().stream().allMatch(type -> type == double.class)
                && !movesBits(meaning)
                && !meaning.name().startsWith("neg")
                && !meaning.name().startsWith("abs")
                && !meaning.name().startsWith("min")
                && !meaning.name().startsWith("max");
    }
}
