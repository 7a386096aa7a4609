package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.isa.BitMath;
import org.warpgrade.gpu.ptx.isa.Comparisons;
import org.warpgrade.gpu.ptx.isa.IntegerMath;
import org.warpgrade.gpu.ptx.isa.PackedMath;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;
import org.warpgrade.gpu.ptx.typed.Op;

/**
 * What one execution of an instruction by one lane counts as.
 *
 * @param kind the instruction's own count, null if it has none
 * @param flops where its floating-point operations are added up, null if it has none
 * @param operations floating-point operations
 */
record OperationCount(@Nullable Metric kind, @Nullable Metric flops, int operations) {

    private static final OperationCount NOTHING = new OperationCount(null, null, 0);
    private static final OperationCount INTEGER = new OperationCount(Metric.INTEGER, null, 0);
    private static final OperationCount SPECIAL = new OperationCount(Metric.SPECIAL, null, 0);

    static OperationCount of(Op op) {
        return switch (op) {
            case Op.Compute compute -> arithmetic(compute.meaning());
            case Op.Compare compare -> comparison(compare.comparison());
            case Op.Carry _ -> INTEGER;
            case Op.MatrixMultiply multiply -> {
                PtxType type = multiply.aType();
                boolean real = type != PtxType.S8 && type != PtxType.U8;
                int perWarp = 2
                        * multiply.shape().m()
                        * multiply.shape().n()
                        * multiply.shape().k();
                yield real ? new OperationCount(null, Metric.TENSOR_FLOPS, perWarp / Frame.LANES) : NOTHING;
            }
            case Op.Copy _,
                    Op.Pack _,
                    Op.Unpack _,
                    Op.Load _,
                    Op.Store _,
                    Op.Select _,
                    Op.Branch _,
                    Op.BranchTable _,
                    Op.Call _,
                    Op.Return _,
                    Op.Exit _,
                    Op.Trap _,
                    Op.Barrier _,
                    Op.WarpBarrier _,
                    Op.Shuffle _,
                    Op.Vote _,
                    Op.Match _,
                    Op.Reduce _,
                    Op.Elect _,
                    Op.ActiveMask _,
                    Op.Atomic _,
                    Op.Fence _,
                    Op.Hint _,
                    Op.AsyncCopy _,
                    Op.IsSpace _,
                    Op.ConvertAddress _,
                    Op.MatrixLoad _,
                    Op.FragmentLoad _,
                    Op.FragmentStore _,
                    Op.CompareHalves _,
                    Op.AsyncGroup _,
                    Op.BarrierObject _,
                    Op.Enter _ -> NOTHING;
        };
    }

    private static OperationCount comparison(MethodRef meaning) {
        String name = meaning.name();
        return meaning.owner() == Comparisons.class
                        && !name.endsWith("f32")
                        && !name.endsWith("f64")
                        && !name.endsWith("f16")
                ? INTEGER
                : NOTHING;
    }

    /** The helper is called {@code fma_rn_f32}: what it does, how it rounds, what it does it with. */
    private static OperationCount arithmetic(MethodRef meaning) {
        Class<?> owner = meaning.owner();
        if (owner == IntegerMath.class || owner == PackedMath.class || owner == BitMath.class) {
            return INTEGER;
        }
        String name = meaning.name();
        if (name.startsWith("cvt_")) {
            return NOTHING;
        }
        String verb = name.substring(0, Math.max(0, name.indexOf('_')));
        String type = name.substring(name.lastIndexOf('_') + 1);
        return switch (verb) {
            case "add", "sub" -> flops(type, Metric.FP32_ADD, Metric.FP64_ADD, Metric.FP16_ADD, 1);
            case "mul" -> flops(type, Metric.FP32_MUL, Metric.FP64_MUL, Metric.FP16_MUL, 1);
            case "fma", "mad" -> flops(type, Metric.FP32_FMA, Metric.FP64_FMA, Metric.FP16_FMA, 2);
            case "div", "rcp", "sqrt", "rsqrt", "ex2", "lg2", "sin", "cos", "tanh" -> SPECIAL;
            default -> NOTHING;
        };
    }

    private static OperationCount flops(String type, Metric single, Metric wide, Metric half, int operations) {
        return switch (type) {
            case "f32" -> new OperationCount(single, Metric.FP32_FLOPS, operations);
            case "f64" -> new OperationCount(wide, Metric.FP64_FLOPS, operations);
            case "f16", "bf16" -> new OperationCount(half, Metric.FP16_FLOPS, operations);
            case "f16x2", "bf16x2" -> new OperationCount(half, Metric.FP16_FLOPS, 2 * operations);
            default -> NOTHING;
        };
    }
}
