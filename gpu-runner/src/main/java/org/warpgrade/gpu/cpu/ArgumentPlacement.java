package org.warpgrade.gpu.cpu;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.host.DeviceBackend.KernelFacts;
import org.warpgrade.gpu.host.HostMemory;
import org.warpgrade.gpu.ptx.typed.Op.Slot;

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

    /**
     * The parameter area of a function.
     *
     * @param kernel host functions get a {@code bool}, {@code char} or {@code short} in four bytes, as all functions of PTX do but
     *     kernels
     * @throws Mismatch if it takes other parameters
     */
    public byte[] parameters(KernelFacts function, boolean kernel, List<Argument> arguments) throws Mismatch {
        List<Slot> slots = function.parameters();
        List<byte[]> given = arguments.stream().map(this::bytes).toList();
        byte[] area = new byte[function.parameterBytes()];
        boolean fits = slots.size() == given.size();
        for (int i = 0; fits && i < slots.size(); i++) {
            int bytes = given.get(i).length;
            int room = slots.get(i).bytes();
            fits = bytes == room
                    || !kernel && bytes < room && room == Integer.BYTES && arguments.get(i) instanceof Argument.Scalar;
            if (fits) {
                System.arraycopy(given.get(i), 0, area, slots.get(i).offset(), bytes);
            }
        }
        if (!fits) {
            throw new Mismatch(
                    slots.stream().map(Slot::bytes).toList(),
                    given.stream().map(b -> b.length).toList());
        }
        return area;
    }

    /** The call gives other arguments than the function takes. */
    public static final class Mismatch extends Exception {

        private static final long serialVersionUID = 1L;

        private Mismatch(List<Integer> taken, List<Integer> given) {
            super("takes " + words(taken) + "; the call gives " + words(given));
        }

        private static String words(List<Integer> sizes) {
            String each = sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return sizes.isEmpty() ? "no parameters" : "parameters of " + each + " bytes";
        }
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
