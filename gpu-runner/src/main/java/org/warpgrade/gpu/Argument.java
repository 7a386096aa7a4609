package org.warpgrade.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One argument of an entry. Sizes and alignments are those of CUDA C++ on a 64-bit host. */
public sealed interface Argument {

    /** A value of 1, 2, 4 or 8 bytes (bool, char, int, long, float, double …), little-endian. */
    record Scalar(byte[] bytes) implements Argument {}

    /** A pointer to device memory, {@code byteOffset} into the buffer. */
    record Pointer(DeviceBuffer buffer, long byteOffset) implements Argument {}

    /** A null pointer. */
    record Null() implements Argument {}

    /** A struct passed by value, fields in order with natural alignment and padding. */
    record Struct(List<Argument> fields) implements Argument {}

    /** A pointer to host memory that holds the pointee (a struct, or an array given as a struct of equal fields). */
    record HostPointer(Argument pointee) implements Argument {}

    /** A pointer to a copy of the pointee in read-only device memory (a struct that a kernel reads). */
    record DeviceStruct(String name, Argument pointee) implements Argument {}

    static Argument i32(int value) {
        return new Scalar(bytes(4).putInt(value).array());
    }

    static Argument i64(long value) {
        return new Scalar(bytes(8).putLong(value).array());
    }

    static Argument f32(float value) {
        return new Scalar(bytes(4).putFloat(value).array());
    }

    static Argument f64(double value) {
        return new Scalar(bytes(8).putDouble(value).array());
    }

    static Argument pointer(DeviceBuffer buffer) {
        return new Pointer(buffer, 0);
    }

    static Argument nullPointer() {
        return new Null();
    }

    static Argument struct(Argument... fields) {
        return new Struct(List.of(fields));
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
