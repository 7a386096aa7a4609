package org.warpgrade.gpu.cpu;

import java.util.Arrays;

/**
 * Who touched each 4-byte word of a piece of memory last. A stamp packs the time (32 bits), the block (22) and the thread
 * (10); 0 is nobody. Two readers are remembered, because a write races with either.
 */
final class RaceShadow {

    private static final int BLOCK_BITS = 22;

    /** The part of a block's index that a stamp remembers. */
    static final long BLOCK_MASK = (1L << BLOCK_BITS) - 1;

    private final long[] writes;
    private final long[] reads;
    private final long[] otherReads;
    /** The instruction that wrote, and the one that read last. */
    private final int[] writePcs;

    private final int[] readPcs;
    /** The last atomic on each word; empty until there is one. */
    private long[] atomics = new long[0];

    private int[] atomicPcs = new int[0];
    /** The launch that the stamps belong to: kernels of one stream are ordered. */
    private int launch = -1;
    private int racePc;
    private boolean reported;
    /** Atomics beside reads are told apart: they may do no harm. */
    private boolean reportedAtomic;

    RaceShadow(int bytes) {
        int words = (bytes + 3) / 4;
        this.writes = new long[words];
        this.reads = new long[words];
        this.otherReads = new long[words];
        this.writePcs = new int[words];
        this.readPcs = new int[words];
    }

    static long stamp(long time, long block, int thread) {
        return time << 32 | (block & BLOCK_MASK) << 10 | thread;
    }

    static long time(long stamp) {
        return stamp >>> 32;
    }

    static long block(long stamp) {
        return stamp >>> 10 & BLOCK_MASK;
    }

    static int thread(long stamp) {
        return (int) stamp & 0x3FF;
    }

    /** Forgets the stamps of another launch. */
    void enter(int current) {
        if (launch != current) {
            clear();
            launch = current;
        }
    }

    void clear() {
        Arrays.fill(writes, 0);
        Arrays.fill(reads, 0);
        Arrays.fill(otherReads, 0);
        Arrays.fill(atomics, 0);
        reported = false;
        reportedAtomic = false;
    }

    /** Decides whether an earlier access and the present one are ordered. */
    interface Order {
        boolean isOrdered(long earlier);
    }

    /**
     * Notes a read; tells the write it races with, or 0.
     *
     * @param stamp the reader
     * @param pc the instruction that reads
     */
    long read(int word, long stamp, int pc, Order order) {
        long write = writes[word];
        long last = reads[word];
        if ((last ^ stamp) << 32 != 0 && last != 0) {
            otherReads[word] = last;
        }
        reads[word] = stamp;
        readPcs[word] = pc;
        return races(write, order) ? race(write, writePcs[word]) : 0;
    }

    /** Notes a write; tells the access that it races with, or 0. */
    long write(int word, long stamp, int pc, boolean sameValue, Order order) {
        long write = writes[word];
        long read = reads[word];
        long other = otherReads[word];
        int writePc = writePcs[word];
        writes[word] = stamp;
        writePcs[word] = pc;
        if (sameValue) {
            return 0;
        }
        if (races(write, order)) {
            return race(write, writePc);
        }
        if (races(read, order)) {
            return race(read, readPcs[word]);
        }
        return races(other, order) ? race(other, readPcs[word]) : 0;
    }

    /** Notes an atomic; tells the ordinary write that it races with, or 0. */
    long atomic(int word, long stamp, int pc, Order order) {
        if (atomics.length == 0) {
            atomics = new long[writes.length];
            atomicPcs = new int[writes.length];
        }
        atomics[word] = stamp;
        atomicPcs[word] = pc;
        long write = writes[word];
        return races(write, order) ? race(write, writePcs[word]) : 0;
    }

    /** The ordinary read that an atomic races with, or 0. */
    long readBefore(int word, Order order) {
        long read = reads[word];
        if (racesAtomically(read, order)) {
            return atomicRace(read, readPcs[word]);
        }
        long other = otherReads[word];
        return racesAtomically(other, order) ? atomicRace(other, readPcs[word]) : 0;
    }

    /** The atomic that an ordinary read races with, or 0. */
    long atomicBeforeRead(int word, Order order) {
        long atomic = atomics.length == 0 ? 0 : atomics[word];
        return racesAtomically(atomic, order) ? atomicRace(atomic, atomicPcs[word]) : 0;
    }

    /** The atomic that an ordinary write races with, or 0. */
    long atomicBeforeWrite(int word, Order order) {
        long atomic = atomics.length == 0 ? 0 : atomics[word];
        return races(atomic, order) ? race(atomic, atomicPcs[word]) : 0;
    }

    private boolean racesAtomically(long earlier, Order order) {
        return earlier != 0 && !reportedAtomic && !order.isOrdered(earlier);
    }

    private long atomicRace(long other, int pc) {
        reportedAtomic = true;
        racePc = pc;
        return other;
    }

    private boolean races(long earlier, Order order) {
        return earlier != 0 && !reported && !order.isOrdered(earlier);
    }

    /** One race tells a student more than a hundred of the same memory: the others of this launch are kept quiet. */
    private long race(long other, int pc) {
        reported = true;
        racePc = pc;
        return other;
    }

    /** The instruction of the access that the last reported race was with. */
    int racePc() {
        return racePc;
    }
}
