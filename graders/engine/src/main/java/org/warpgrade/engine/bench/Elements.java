package org.warpgrade.engine.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.warpgrade.gpu.ElementType;

/** Buffer bytes as numbers. */
final class Elements {

    private Elements() {}

    static double[] of(byte[] bytes, ElementType type) {
        ByteBuffer memory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[bytes.length / type.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(memory, type, i * type.bytes());
        }
        return values;
    }

    static long[] wholeNumbers(byte[] bytes, ElementType type) {
        ByteBuffer memory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long[] values = new long[bytes.length / type.bytes()];
        for (int i = 0; i < values.length; i++) {
            int at = i * type.bytes();
            values[i] = type == ElementType.I64 ? memory.getLong(at) : (long) number(memory, type, at);
        }
        return values;
    }

    /** Equal bits; for floating types also two NaNs, whose payload CUDA does not promise, and +0 and -0. */
    static boolean same(byte[] a, byte[] b, ElementType type, int element) {
        int at = element * type.bytes();
        boolean equal = true;
        for (int i = at; i < at + type.bytes() && equal; i++) {
            equal = a[i] == b[i];
        }
        if (equal || !isFloating(type)) {
            return equal;
        }
        double left = number(ByteBuffer.wrap(a).order(ByteOrder.LITTLE_ENDIAN), type, at);
        double right = number(ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN), type, at);
        return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }

    private static boolean isFloating(ElementType type) {
        return switch (type) {
            case F16, BF16, F32, F64 -> true;
            case U8, I32, U32, I64 -> false;
        };
    }

    private static double number(ByteBuffer memory, ElementType type, int at) {
        return switch (type) {
            case U8 -> memory.get(at) & 0xFF;
            case I32 -> memory.getInt(at);
            case U32 -> memory.getInt(at) & 0xFFFFFFFFL;
            case I64 -> memory.getLong(at);
            case F16 -> Float.float16ToFloat(memory.getShort(at));
            case BF16 -> Float.intBitsToFloat(memory.getShort(at) << 16);
            case F32 -> memory.getFloat(at);
            case F64 -> memory.getDouble(at);
        };
    }
}
