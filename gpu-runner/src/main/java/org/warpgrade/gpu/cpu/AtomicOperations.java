package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.PtxType;
import org.warpgrade.gpu.ptx.isa.DoubleNans;
import org.warpgrade.gpu.ptx.isa.FloatMath;
import org.warpgrade.gpu.ptx.isa.PtxMath;
import org.warpgrade.gpu.ptx.typed.Op.AtomicOp;

/**
 * Read-modify-write operations (PTX ISA 9.7.13.15). They exclude one another by locking the memory they touch, so blocks
 * may run on several JVM threads.
 */
final class AtomicOperations {

    private AtomicOperations() {}

    /** Applies the operation and gives the old value's bits. */
    static long apply(AtomicOp op, PtxType type, byte[] data, int offset, long b, long c) {
        int bytes = type.bytes();
        synchronized (data) {
            long old = Bytes.get(data, offset, bytes);
            Bytes.put(data, offset, bytes, combine(op, type, old, b, c));
            return old;
        }
    }

    static long combine(AtomicOp op, PtxType type, long old, long b, long c) {
        return switch (op) {
            case ADD -> add(type, old, b);
            case MIN -> least(type, old, b);
            case MAX -> greatest(type, old, b);
            case INC -> Integer.compareUnsigned((int) old, (int) b) >= 0 ? 0 : old + 1;
            case DEC -> (int) old == 0 || Integer.compareUnsigned((int) old, (int) b) > 0 ? b : old - 1;
            case AND -> old & b;
            case OR -> old | b;
            case XOR -> old ^ b;
            case EXCH -> b;
            case CAS -> same(type, old, b) ? c : old;
        };
    }

    private static boolean same(PtxType type, long old, long expected) {
        long mask = type.bytes() == 8 ? -1L : (1L << type.bytes() * 8) - 1;
        return (old & mask) == (expected & mask);
    }

    private static long add(PtxType type, long old, long b) {
        return switch (type) {
            // Atomic f32 addition on global memory flushes subnormals on no device since sm_60.
            case F32 -> FloatMath.bits_f32(Float.intBitsToFloat((int) old) + Float.intBitsToFloat((int) b));
            case F64 -> {
                double a = Double.longBitsToDouble(old);
                double c = Double.longBitsToDouble(b);
                yield Double.doubleToRawLongBits(DoubleNans.handOn(a + c, a, c));
            }
            case F16, F16X2, BF16, BF16X2 ->
                Meanings.of(PtxMath.find("add_rn_" + type.id()).orElseThrow(), false, false)
                        .apply(old, b, 0, 0);
            default -> old + b;
        };
    }

    private static long least(PtxType type, long old, long b) {
        return switch (type) {
            case S32 -> Math.min((int) old, (int) b);
            case S64 -> Math.min(old, b);
            case U64 -> Long.compareUnsigned(old, b) <= 0 ? old : b;
            default -> Integer.compareUnsigned((int) old, (int) b) <= 0 ? old : b;
        };
    }

    private static long greatest(PtxType type, long old, long b) {
        return switch (type) {
            case S32 -> Math.max((int) old, (int) b);
            case S64 -> Math.max(old, b);
            case U64 -> Long.compareUnsigned(old, b) >= 0 ? old : b;
            default -> Integer.compareUnsigned((int) old, (int) b) >= 0 ? old : b;
        };
    }
}
