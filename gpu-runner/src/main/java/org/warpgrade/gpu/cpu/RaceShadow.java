package org.warpgrade.gpu.cpu;

/**
 * Who touched each 4-byte word of a piece of memory last. A stamp packs the time (32 bits), the block (22) and the thread
 * (10); 0 is nobody. Two readers are remembered, because a write races with either.
 */
final class RaceShadow {

    private static final int BLOCK_BITS = 22;

    private final long[] writes;
    private final long[] reads;
    private final long[] otherReads;
    /** The instruction that wrote, and the one that read last. */
    private final int[] writePcs;

    private final int[] readPcs;
    /** The launch that the stamps belong to: kernels of one stream are ordered. */
    private int launch = -1;
    private int racePc;
    private boolean reported;

    RaceShadow(int bytes) {
        int words = (bytes + 3) / 4;
        this.writes = new long[words];
        this.reads = new long[words];
        this.otherReads = new long[words];
        this.writePcs = new int[words];
        this.readPcs = new int[words];
    }

    static long stamp(long time, long block, int thread) {
        return time << 32 | (block & (1L << BLOCK_BITS) - 1) << 10 | thread;
    }

    static long time(long stamp) {
        return stamp >>> 32;
    }

    static long block(long stamp) {
        return stamp >>> 10 & (1L << BLOCK_BITS) - 1;
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
        java.util.Arrays.fill(writes, 0);
        java.util.Arrays.fill(reads, 0);
        java.util.Arrays.fill(otherReads, 0);
        reported = false;
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
        return write != 0 && !order.isOrdered(write) ? race(write, writePcs[word]) : 0;
    }

    /** Notes a write; tells the access that it races with, or 0. */
    long write(int word, long stamp, int pc, boolean sameValue, Order order) {
        long write = writes[word];
        long read = reads[word];
        long other = otherReads[word];
        int writePc = writePcs[word];
        writes[word] = stamp;
        writePcs[word] = pc;
        if (write != 0 && !sameValue && !order.isOrdered(write)) {
            return race(write, writePc);
        }
        if (read != 0 && !sameValue && !order.isOrdered(read)) {
            return race(read, readPcs[word]);
        }
        return other != 0 && !sameValue && !order.isOrdered(other) ? race(other, readPcs[word]) : 0;
    }

    /** One race tells a student more than a hundred of the same memory: the others of this launch are kept quiet. */
    private long race(long other, int pc) {
        if (reported) {
            return 0;
        }
        reported = true;
        racePc = pc;
        return other;
    }

    /** The instruction of the access that the last reported race was with. */
    int racePc() {
        return racePc;
    }
}
