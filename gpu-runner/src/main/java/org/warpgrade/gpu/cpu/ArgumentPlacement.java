package org.warpgrade.gpu.cpu;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.host.HostMemory;

/**
 * Turns arguments to bytes as CUDA C++ lays them out on a 64-bit host: natural alignment, structs padded to their
 * largest member.
 */
public final class ArgumentPlacement {

    /** Where buffers and device structs are. */
    public interface Places {

        /** The device address of a buffer of the call. */
        long addressOf(DeviceBuffer buffer);

        /** The device address of a read-only copy of the bytes. */
        long placeOnDevice(String name, byte[] bytes);
    }

    private final Places places;
    private final HostMemory host;

    public ArgumentPlacement(Places places, HostMemory host) {
        this.places = places;
        this.host = host;
    }

    /** The bytes of one argument. */
    public byte[] bytes(Argument argument) {
        return switch (argument) {
            case Argument.Scalar(byte[] bytes) -> bytes.clone();
            case Argument.Pointer(DeviceBuffer buffer, long offset) -> pointer(places.addressOf(buffer) + offset);
            case Argument.Null() -> pointer(0);
            case Argument.Struct(List<Argument> fields) -> struct(fields);
            case Argument.HostPointer(Argument pointee) -> pointer(host.place(bytes(pointee)));
            case Argument.DeviceStruct(String name, Argument pointee) ->
                pointer(places.placeOnDevice(name, bytes(pointee)));
        };
    }

    private byte[] struct(List<Argument> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int alignment = 1;
        for (Argument field : fields) {
            byte[] bytes = bytes(field);
            int own = alignment(field);
            alignment = Math.max(alignment, own);
            pad(out, own);
            out.writeBytes(bytes);
        }
        pad(out, alignment);
        return out.toByteArray();
    }

    private static void pad(ByteArrayOutputStream out, int alignment) {
        while (out.size() % alignment != 0) {
            out.write(0);
        }
    }

    private static int alignment(Argument argument) {
        return switch (argument) {
            case Argument.Scalar(byte[] bytes) -> bytes.length;
            case Argument.Struct(List<Argument> fields) ->
                fields.stream().mapToInt(ArgumentPlacement::alignment).max().orElse(1);
            case Argument.Pointer _, Argument.Null _, Argument.HostPointer _, Argument.DeviceStruct _ -> 8;
        };
    }

    static byte[] pointer(long address) {
        byte[] bytes = new byte[8];
        Bytes.putLong(bytes, 0, address);
        return bytes;
    }
}
