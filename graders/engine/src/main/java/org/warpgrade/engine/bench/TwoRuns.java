package org.warpgrade.engine.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.RunOutcome.Completed;

/**
 * The same call run on memory that held {@link Poison#SIGNALLING_NAN} and on memory that held {@link Poison#CD_BYTES}, with the
 * blocks in another order.
 */
record TwoRuns(Call call, Completed first, Completed second) {

    /** Where two runs of one call disagree first. */
    record Disagreement(DeviceBuffer buffer, BitSet elements) {}

    /** The first output in which the runs disagree; elements that neither run wrote do not count. */
    @Nullable
    Disagreement disagreement() {
        for (DeviceBuffer buffer : written(call)) {
            BitSet differing = differing(first.buffers(), second.buffers(), buffer);
            differing.andNot(unwritten(buffer));
            if (!differing.isEmpty()) {
                return new Disagreement(buffer, differing);
            }
        }
        return null;
    }

    /**
     * Whether the runs differ no more than sums do that are added up in another order: in elements of floating-point type,
     * by a few roundings of the largest.
     */
    boolean differInRoundingOnly() {
        for (DeviceBuffer buffer : written(call)) {
            BitSet differing = differing(first.buffers(), second.buffers(), buffer);
            differing.andNot(unwritten(buffer));
            double share = roundings(buffer.type());
            double[] one = Elements.of(bytes(first.buffers(), buffer), buffer.type());
            double[] other = Elements.of(bytes(second.buffers(), buffer), buffer.type());
            double largest = Arrays.stream(one)
                    .filter(Double::isFinite)
                    .map(Math::abs)
                    .max()
                    .orElse(0);
            if (!differing.stream().allMatch(i -> Math.abs(one[i] - other[i]) <= share * largest)) {
                return false;
            }
        }
        return true;
    }

    /** A thousand units in the last place: sums of thousands of terms stay far below, a lost or doubled term does not. */
    private static double roundings(ElementType type) {
        return switch (type) {
            case F32 -> 0x1p-14;
            case F64 -> 0x1p-43;
            case F16 -> 0x1p-6;
            case BF16 -> 0x1p-4;
            case U8, I32, U32, I64 -> 0;
        };
    }

    static BitSet differing(Buffers one, Buffers other, DeviceBuffer buffer) {
        byte[] left = bytes(one, buffer);
        byte[] right = bytes(other, buffer);
        BitSet differing = new BitSet();
        for (int i = 0; i < buffer.elements(); i++) {
            if (!Elements.same(left, right, buffer.type(), i)) {
                differing.set(i);
            }
        }
        return differing;
    }

    /** The elements of an output that still hold the poison of each run. */
    BitSet unwritten(DeviceBuffer buffer) {
        BitSet unwritten = new BitSet();
        if (buffer.access() != Access.OUT) {
            return unwritten;
        }
        byte[] one = bytes(first.buffers(), buffer);
        byte[] other = bytes(second.buffers(), buffer);
        int size = buffer.type().bytes();
        for (int i = 0; i < buffer.elements(); i++) {
            if (holds(Poison.SIGNALLING_NAN, one, i * size, size) && holds(Poison.CD_BYTES, other, i * size, size)) {
                unwritten.set(i);
            }
        }
        return unwritten;
    }

    byte[] bytes(DeviceBuffer buffer) {
        return bytes(first.buffers(), buffer);
    }

    /** The call's buffers that the entry may write, each once, in the order of the arguments. */
    static List<DeviceBuffer> written(Call call) {
        return buffers(call).stream().filter(b -> b.access() != Access.IN).toList();
    }

    static List<DeviceBuffer> buffers(Call call) {
        Set<DeviceBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<DeviceBuffer> found = new ArrayList<>();
        call.arguments().forEach(argument -> collect(argument, seen, found));
        return found;
    }

    private static void collect(Argument argument, Set<DeviceBuffer> seen, List<DeviceBuffer> found) {
        switch (argument) {
            case Argument.Pointer pointer -> {
                if (seen.add(pointer.buffer())) {
                    found.add(pointer.buffer());
                }
            }
            case Argument.Struct struct -> struct.fields().forEach(field -> collect(field, seen, found));
            case Argument.HostPointer pointer -> collect(pointer.pointee(), seen, found);
            case Argument.DeviceStruct struct -> collect(struct.pointee(), seen, found);
            case Argument.Scalar ignored -> {}
            case Argument.Null ignored -> {}
        }
    }

    private static boolean holds(Poison poison, byte[] bytes, int from, int size) {
        for (int i = from; i < from + size; i++) {
            if (bytes[i] != poison.byteAt(i)) {
                return false;
            }
        }
        return true;
    }

    static byte[] bytes(Buffers buffers, DeviceBuffer buffer) {
        byte[] copy = new byte[buffer.bytes()];
        buffers.bytes(buffer).get(copy);
        return copy;
    }
}
