package org.warpgrade.gpu.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous copies into a block's shared memory ({@code cp.async}) that nobody has waited for yet. The device makes
 * them at once; a GPU makes them when it likes until the thread waits (PTX ISA 9.7.9.25).
 */
final class CopiesUnderWay {

    /** @param place the instruction, as {@link Watch#placeOf} numbers it */
    record Copy(int thread, int place, int offset, int bytes, int group) {}

    /** A thread's copies, and how many groups it has committed. */
    private static final class OfThread {
        private final List<Copy> copies = new ArrayList<>();
        private int groups;
    }

    private final Map<Integer, OfThread> threads = new HashMap<>();
    /** Per 4-byte word the copy that is writing it; empty until there is one. */
    private @Nullable Copy[] words = new Copy[0];

    private final int bytes;

    CopiesUnderWay(int bytes) {
        this.bytes = bytes;
    }

    void clear() {
        threads.clear();
        words = new Copy[0];
    }

    /** Whether there have been any since the block began. */
    boolean any() {
        return words.length > 0;
    }

    void begin(int thread, int place, int offset, int size) {
        if (words.length == 0) {
            words = new Copy[(bytes + 3) / 4];
        }
        OfThread own = threads.computeIfAbsent(thread, _ -> new OfThread());
        Copy copy = new Copy(thread, place, offset, size, own.groups);
        own.copies.add(copy);
        for (int word = offset >> 2; word <= offset + size - 1 >> 2; word++) {
            words[word] = copy;
        }
    }

    /** The copy that may be writing any of the bytes; null if none is. */
    @Nullable
    Copy at(int offset, int size) {
        if (words.length == 0) {
            return null;
        }
        for (int word = offset >> 2; word <= offset + size - 1 >> 2; word++) {
            if (words[word] != null) {
                return words[word];
            }
        }
        return null;
    }

    void commit(int thread) {
        threads.computeIfAbsent(thread, _ -> new OfThread()).groups++;
    }

    /** The thread's copies that are done once at most {@code remaining} of its groups are under way. */
    List<Copy> waitFor(int thread, int remaining) {
        OfThread own = threads.get(thread);
        return own == null ? List.of() : finish(own, own.groups - remaining);
    }

    List<Copy> waitForAll(int thread) {
        OfThread own = threads.get(thread);
        return own == null ? List.of() : finish(own, Integer.MAX_VALUE);
    }

    private List<Copy> finish(OfThread own, int beforeGroup) {
        List<Copy> done = new ArrayList<>();
        for (Iterator<Copy> rest = own.copies.iterator(); rest.hasNext(); ) {
            Copy copy = rest.next();
            if (copy.group() < beforeGroup) {
                rest.remove();
                done.add(copy);
                for (int word = copy.offset() >> 2; word <= copy.offset() + copy.bytes() - 1 >> 2; word++) {
                    if (words[word] == copy) {
                        words[word] = null;
                    }
                }
            }
        }
        return done;
    }
}
