package org.warpgrade.gpu.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian views of byte arrays; the JVM checks every bound. */
final class Bytes {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static int getShort(byte[] data, int offset) {
        return (short) SHORT.get(data, offset) & 0xFFFF;
    }

    static void putShort(byte[] data, int offset, int value) {
        SHORT.set(data, offset, (short) value);
    }

    static int getInt(byte[] data, int offset) {
        return (int) INT.get(data, offset);
    }

    static void putInt(byte[] data, int offset, int value) {
        INT.set(data, offset, value);
    }

    static long getLong(byte[] data, int offset) {
        return (long) LONG.get(data, offset);
    }

    static void putLong(byte[] data, int offset, long value) {
        LONG.set(data, offset, value);
    }

    /** The value of 1, 2, 4 or 8 bytes, zero-extended. */
    static long get(byte[] data, int offset, int bytes) {
        return switch (bytes) {
            case 1 -> data[offset] & 0xFFL;
            case 2 -> getShort(data, offset);
            case 4 -> getInt(data, offset) & 0xFFFFFFFFL;
            case 8 -> getLong(data, offset);
            default -> throw new IllegalArgumentException("access of " + bytes + " bytes");
        };
    }

    static void put(byte[] data, int offset, int bytes, long value) {
        switch (bytes) {
            case 1 -> data[offset] = (byte) value;
            case 2 -> putShort(data, offset, (int) value);
            case 4 -> putInt(data, offset, (int) value);
            case 8 -> putLong(data, offset, value);
            default -> throw new IllegalArgumentException("access of " + bytes + " bytes");
        }
    }
}
