package org.warpgrade.gpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One call of an entry: a pure description that any device can carry out.
 *
 * @param entry the PTX name of the host function, or of a kernel to be launched directly
 * @param arguments in the order of its parameters
 */
public record Call(String entry, List<Argument> arguments) {

    public Call {
        arguments = List.copyOf(arguments);
    }

    public static Call of(String entry, Argument... arguments) {
        return new Call(entry, List.of(arguments));
    }

    /** Every buffer, once, in the order in which the arguments name them first. */
    public List<DeviceBuffer> buffers() {
        Set<DeviceBuffer> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<DeviceBuffer> buffers = new ArrayList<>();
        collect(arguments, found, buffers);
        return buffers;
    }

    /** Those of {@link #buffers()} that the entry may write. */
    public List<DeviceBuffer> outputs() {
        return buffers().stream()
                .filter(b -> b.access() != DeviceBuffer.Access.IN)
                .toList();
    }

    private static void collect(List<Argument> arguments, Set<DeviceBuffer> found, List<DeviceBuffer> buffers) {
        for (Argument argument : arguments) {
            switch (argument) {
                case Argument.Scalar _, Argument.Null _ -> {}
                case Argument.Pointer(DeviceBuffer buffer, long _) -> {
                    if (found.add(buffer)) {
                        buffers.add(buffer);
                    }
                }
                case Argument.Struct(List<Argument> fields) -> collect(fields, found, buffers);
                case Argument.HostPointer(Argument pointee) -> collect(List.of(pointee), found, buffers);
                case Argument.DeviceStruct(String _, Argument pointee) -> collect(List.of(pointee), found, buffers);
            }
        }
    }
}
