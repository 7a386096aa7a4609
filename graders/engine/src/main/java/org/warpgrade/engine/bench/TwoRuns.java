package org.warpgrade.engine.bench;

import java.util.ArrayList;
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
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.RunOutcome.Completed;

/**
 * The same call run on memory that held {@link Poison#SIGNALLING_NAN} and, unless it was too large, on memory that held
 * {@link Poison#CD_BYTES} with the blocks in another order.
 */
record TwoRuns(Call call, Completed first, @Nullable Completed second) {

    /** Where two runs of one call disagree first. */
    record Disagreement(DeviceBuffer buffer, BitSet elements) {}

    /** The first output in which the runs disagree; elements that neither run wrote do not count. */
    @Nullable Disagreement disagreement() {
        if (second == null) {
            return null;
        }
        for (DeviceBuffer buffer : written(call)) {
            BitSet differing = differing(first.buffers(), second.buffers(), buffer);
            differing.andNot(unwritten(buffer));
            if (!differing.isEmpty()) {
                return new Disagreement(buffer, differing);
            }
        }
        return null;
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

    /**
     * The elements of an output that still hold the poison of each run. With one run only, single bytes cannot be told
     * from poison, so nothing smaller than a word counts.
     */
    BitSet unwritten(DeviceBuffer buffer) {
        BitSet unwritten = new BitSet();
        if (buffer.access() != Access.OUT || (second == null && buffer.type().bytes() < 4)) {
            return unwritten;
        }
        byte[] one = bytes(first.buffers(), buffer);
        byte[] other = second == null ? null : bytes(second.buffers(), buffer);
        int size = buffer.type().bytes();
        for (int i = 0; i < buffer.elements(); i++) {
            if (holds(Poison.SIGNALLING_NAN, one, i * size, size)
                    && (other == null || holds(Poison.CD_BYTES, other, i * size, size))) {
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

    private static byte[] bytes(Buffers buffers, DeviceBuffer buffer) {
        byte[] copy = new byte[buffer.bytes()];
        buffers.bytes(buffer).get(copy);
        return copy;
    }
}
