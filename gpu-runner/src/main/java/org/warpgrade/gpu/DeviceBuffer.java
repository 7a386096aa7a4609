package org.warpgrade.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that a {@link Call} places in device memory between guard zones. Immutable: a run copies the initial
 * bytes in and hands the final bytes out, so one buffer may serve any number of runs, on any device, at once.
 *
 * <p>Identity matters: the same instance passed as two arguments is one allocation.
 */
public final class DeviceBuffer {

    /** What the entry may do with a buffer. */
    public enum Access {
        /** {@code const} to the entry; any changed byte is a finding. */
        IN,
        /** Written by the entry; starts poisoned. */
        OUT,
        /** Read and written; starts with {@link #initial()}. */
        INOUT
    }

    private final String name;
    private final ElementType type;
    private final Access access;
    private final int[] shape;
    private final byte @Nullable [] initial;

    private DeviceBuffer(String name, ElementType type, Access access, byte @Nullable [] initial, int... shape) {
        this.name = name;
        this.type = type;
        this.access = access;
        this.initial = initial;
        this.shape = shape.clone();
        if (initial != null && initial.length != bytes()) {
            throw new IllegalArgumentException(
                    name + ": " + initial.length + " bytes given for shape " + Arrays.toString(shape) + " of " + type);
        }
    }

    /** An output of the given shape that starts poisoned. */
    public static DeviceBuffer output(String name, ElementType type, int... shape) {
        return new DeviceBuffer(name, type, Access.OUT, null, shape);
    }

    /** Raw little-endian bytes with the given shape. */
    public static DeviceBuffer of(String name, ElementType type, Access access, byte[] initial, int... shape) {
        return new DeviceBuffer(name, type, access, initial.clone(), shape);
    }

    public static DeviceBuffer floats(String name, Access access, float[] values, int... shape) {
        ByteBuffer bytes = littleEndian(values.length * 4);
        bytes.asFloatBuffer().put(values);
        return new DeviceBuffer(name, ElementType.F32, access, bytes.array(), shapeOr(shape, values.length));
    }

    public static DeviceBuffer doubles(String name, Access access, double[] values, int... shape) {
        ByteBuffer bytes = littleEndian(values.length * 8);
        bytes.asDoubleBuffer().put(values);
        return new DeviceBuffer(name, ElementType.F64, access, bytes.array(), shapeOr(shape, values.length));
    }

    public static DeviceBuffer ints(String name, Access access, int[] values, int... shape) {
        ByteBuffer bytes = littleEndian(values.length * 4);
        bytes.asIntBuffer().put(values);
        return new DeviceBuffer(name, ElementType.I32, access, bytes.array(), shapeOr(shape, values.length));
    }

    public static DeviceBuffer longs(String name, Access access, long[] values, int... shape) {
        ByteBuffer bytes = littleEndian(values.length * 8);
        bytes.asLongBuffer().put(values);
        return new DeviceBuffer(name, ElementType.I64, access, bytes.array(), shapeOr(shape, values.length));
    }

    public static DeviceBuffer unsignedBytes(String name, Access access, byte[] values, int... shape) {
        return new DeviceBuffer(name, ElementType.U8, access, values.clone(), shapeOr(shape, values.length));
    }

    public String name() {
        return name;
    }

    public ElementType type() {
        return type;
    }

    public Access access() {
        return access;
    }

    /** The extents, outermost first. */
    public int[] shape() {
        return shape.clone();
    }

    public long elements() {
        long count = 1;
        for (int extent : shape) {
            count = Math.multiplyExact(count, extent);
        }
        return count;
    }

    public int bytes() {
        return Math.toIntExact(elements() * type.bytes());
    }

    /** A copy of the starting bytes; null for a poisoned output. */
    public byte @Nullable [] initial() {
        return initial == null ? null : initial.clone();
    }

    /** The element index as a coordinate in {@link #shape()}. */
    public int[] coordinate(long element) {
        int[] at = new int[shape.length];
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            at[axis] = (int) (element % shape[axis]);
            element /= shape[axis];
        }
        return at;
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }

    private static int[] shapeOr(int[] shape, int length) {
        return shape.length == 0 ? new int[] {length} : shape;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
