package org.warpgrade.gpu.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.FindingKind;

/**
 * Who touched each word of a piece of memory last. A stamp packs the time (32 bits), the block (22) and the thread (10); 0
 * is nobody. Two readers are remembered, because a write races with either. A word has 4 bytes until somebody accesses less:
 * neighbouring bytes and halves of different threads are no race.
 */
final class RaceShadow {

    private static final int BLOCK_BITS = 22;
    private static final int THREAD_BITS = 10;

    /** The part of a block's index that a stamp remembers. */
    static final long BLOCK_MASK = (1L << BLOCK_BITS) - 1;

    /** Memory larger than this keeps words of 4 bytes: its shadow would be over a hundred times as large. */
    private static final int LARGEST_IN_BYTES = 4 << 20;

    /** The part of an instruction's number that is remembered. */
    private static final int PLACE_BITS = 21;

    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

    // What a record holds: stamps, and the instructions that made the accesses in the same order.
    private static final int WRITE = 0;
    private static final int READ = 1;
    private static final int OTHER_READ = 2;
    private static final int PLACES = 3;
    private static final int RECORD = 4;

    private final FindingKind kind;
    private final String name;
    private final int base;
    private final int bytes;
    /** A word has {@code 1 << shift} bytes. */
    private int shift = 2;

    /** Word after word what is remembered of it, side by side because it is needed together. */
    private long[] records;

    /** The last atomic on each word; empty until there is one. */
    private long[] atomics = new long[0];

    private int[] atomicPcs = new int[0];
    /** The launch that the stamps belong to: kernels of one stream are ordered. */
    private int launch = -1;

    private int racePc;
    private int raceOffset;
    private boolean reported;
    /** Atomics beside reads are told apart: they may do no harm. */
    private boolean reportedAtomic;

    private RaceShadow(FindingKind kind, String name, int base, int bytes) {
        this.kind = kind;
        this.name = name;
        this.base = base;
        this.bytes = bytes;
        this.records = new long[(bytes + 3) / 4 * RECORD];
    }

    static RaceShadow ofShared(int bytes) {
        return new RaceShadow(FindingKind.SHARED_RACE, "shared memory", 0, bytes);
    }

    /**
     * Of global memory.
     *
     * @param name of the allocation
     * @param base the offset at which the piece begins in it
     */
    static RaceShadow ofGlobal(String name, int base, int bytes) {
        return new RaceShadow(FindingKind.GLOBAL_RACE, name, base, bytes);
    }

    /** What its races are. */
    FindingKind kind() {
        return kind;
    }

    /** The memory, for people. */
    String name() {
        return name;
    }

    static long stamp(long time, long block, int thread) {
        return time << 32 | (block & BLOCK_MASK) << THREAD_BITS | thread;
    }

    static long time(long stamp) {
        return stamp >>> 32;
    }

    static long block(long stamp) {
        return stamp >>> THREAD_BITS & BLOCK_MASK;
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
        Arrays.fill(records, 0);
        Arrays.fill(atomics, 0);
        reported = false;
        reportedAtomic = false;
    }

    /** Decides whether an earlier access and the present one are ordered. */
    interface Order {
        boolean isOrdered(long earlier, AccessSite site);
    }

    // ------------------------------------------------------------------ words

    /** Whether an access is told apart from those of its neighbours; makes it so where that is possible. */
    private boolean tells(int width) {
        if (width >= 1 << shift) {
            return true;
        }
        if (bytes > LARGEST_IN_BYTES) {
            return false;
        }
        int finer = 31 - Integer.numberOfLeadingZeros(width);
        int parts = 1 << shift - finer;
        records = repeated(records, RECORD, parts);
        atomics = repeated(atomics, 1, parts);
        atomicPcs = repeated(atomicPcs, parts);
        shift = finer;
        return true;
    }

    private static long[] repeated(long[] records, int length, int times) {
        long[] all = new long[records.length * times];
        for (int i = 0; i < all.length; i += length) {
            System.arraycopy(records, i / length / times * length, all, i, length);
        }
        return all;
    }

    private static int[] repeated(int[] values, int times) {
        int[] all = new int[values.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i / times];
        }
        return all;
    }

    private int writePlace(int word) {
        return (int) (records[word * RECORD + PLACES] >>> 2 * PLACE_BITS);
    }

    private int readPlace(int word, int which) {
        long places = records[word * RECORD + PLACES];
        return (int) ((which == READ ? places >>> PLACE_BITS : places) & PLACE_MASK);
    }

    /** Takes note of the instruction that wrote, beside those that read. */
    private void placeWrite(int record, int pc) {
        long reads = records[record + PLACES] & (1L << 2 * PLACE_BITS) - 1;
        records[record + PLACES] = (pc & PLACE_MASK) << 2 * PLACE_BITS | reads;
    }

    private int first(int offset) {
        return offset - base >> shift;
    }

    private int last(int offset, int width) {
        return offset - base + width - 1 >> shift;
    }

    // ------------------------------------------------------------------ accesses

    /**
     * Notes a read; tells the write it races with, or 0.
     *
     * @param stamp the reader
     */
    long read(int offset, int width, long stamp, AccessSite site, Order order) {
        if (!tells(width)) {
            return 0;
        }
        long found = 0;
        for (int word = first(offset); word <= last(offset, width); word++) {
            noteReader(word, stamp, site.pc());
            long write = records[word * RECORD + WRITE];
            if (races(write, site, order)) {
                found = race(word, write, writePlace(word));
            }
        }
        return found;
    }

    /** Whether all of the block may read: they know the last writes, and there is no atomic. */
    boolean isSound(int offset, int width, MeetingTimes ofBlock) {
        for (int word = first(offset); word <= last(offset, width); word++) {
            long write = records[word * RECORD + WRITE];
            if (write != 0 && !ofBlock.allKnow(time(write)) || atomics.length > 0 && atomics[word] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Notes a read that is sound. */
    void soundRead(int offset, int width, long stamp, int pc) {
        for (int word = first(offset); word <= last(offset, width); word++) {
            noteReader(word, stamp, pc);
        }
    }

    private void noteReader(int word, long stamp, int pc) {
        int record = word * RECORD;
        long last = records[record + READ];
        long places = records[record + PLACES];
        long otherPlace = places & PLACE_MASK;
        if ((last ^ stamp) << 32 != 0 && last != 0) {
            records[record + OTHER_READ] = last;
            otherPlace = places >>> PLACE_BITS & PLACE_MASK;
        }
        records[record + READ] = stamp;
        records[record + PLACES] =
                places >>> 2 * PLACE_BITS << 2 * PLACE_BITS | (pc & PLACE_MASK) << PLACE_BITS | otherPlace;
    }

    /** Who is remembered of those that have read at the moment of {@code stamp}, the last one. */
    SettledReads.Readers readers(int offset, int width, long stamp) {
        SettledReads.Readers fewest = SettledReads.Readers.OF_TWO_WARPS;
        for (int word = first(offset); word <= last(offset, width); word++) {
            SettledReads.Readers ofWord = readers(word * RECORD, stamp);
            fewest = ofWord.compareTo(fewest) < 0 ? ofWord : fewest;
        }
        return fewest;
    }

    private SettledReads.Readers readers(int record, long stamp) {
        long other = records[record + OTHER_READ];
        if (other >>> THREAD_BITS != stamp >>> THREAD_BITS) {
            return SettledReads.Readers.TOO_FEW;
        }
        return other >>> 5 != stamp >>> 5 ? SettledReads.Readers.OF_TWO_WARPS : SettledReads.Readers.OF_ONE_WARP;
    }

    /** Notes a write; tells the access that it races with, or 0. */
    long write(int offset, int width, long stamp, int pc, boolean sameValue, AccessSite site, Order order) {
        boolean quiet = sameValue | !tells(width);
        long found = 0;
        for (int word = first(offset); word <= last(offset, width); word++) {
            int record = word * RECORD;
            long write = records[record + WRITE];
            int writePlace = writePlace(word);
            records[record + WRITE] = stamp;
            placeWrite(record, pc);
            if (quiet) {
                continue;
            }
            if (races(write, site, order)) {
                found = race(word, write, writePlace);
            } else if (races(records[record + READ], site, order)) {
                found = race(word, records[record + READ], readPlace(word, READ));
            } else if (races(records[record + OTHER_READ], site, order)) {
                found = race(word, records[record + OTHER_READ], readPlace(word, OTHER_READ));
            }
        }
        return found;
    }

    /** Notes an atomic; tells the ordinary write that it races with, or 0. */
    long atomic(int offset, int width, long stamp, AccessSite site, Order order) {
        boolean tells = tells(width);
        if (atomics.length == 0) {
            atomics = new long[records.length / RECORD];
            atomicPcs = new int[records.length / RECORD];
        }
        long found = 0;
        for (int word = first(offset); word <= last(offset, width); word++) {
            atomics[word] = stamp;
            atomicPcs[word] = site.pc();
            long write = records[word * RECORD + WRITE];
            if (tells && races(write, site, order)) {
                found = race(word, write, writePlace(word));
            }
        }
        return found;
    }

    /** The ordinary read that an atomic races with, or 0. */
    long readBeforeAtomic(int offset, int width, AccessSite site, Order order) {
        for (int word = first(offset); word <= last(offset, width); word++) {
            for (int which = READ; which <= OTHER_READ; which++) {
                long read = records[word * RECORD + which];
                if (read != 0 && !reportedAtomic && !order.isOrdered(read, site)) {
                    reportedAtomic = true;
                    return found(word, read, readPlace(word, which));
                }
            }
        }
        return 0;
    }

    /**
     * The atomic that an ordinary access races with, or 0.
     *
     * @param writes whether the access writes: then it is one of the races that do harm
     */
    long atomicBefore(int offset, int width, boolean writes, AccessSite site, Order order) {
        if (atomics.length == 0) {
            return 0;
        }
        for (int word = first(offset); word <= last(offset, width); word++) {
            boolean told = writes ? reported : reportedAtomic;
            long atomic = atomics[word];
            if (atomic != 0 && !told && !order.isOrdered(atomic, site)) {
                reported |= writes;
                reportedAtomic |= !writes;
                return found(word, atomic, atomicPcs[word]);
            }
        }
        return 0;
    }

    // ------------------------------------------------------------------ whole words that everybody knows of

    /** Whether there is nothing about words of 4 bytes but reads and writes of all of them. */
    private boolean isPlain() {
        return shift == 2 && atomics.length == 0;
    }

    /** The record of a word: as many longs as the word has bytes. */
    private int recordOf(int offset) {
        return offset - base & -RECORD;
    }

    /**
     * Notes a read of a word that was written before all of the block met, if that can be told at once.
     *
     * @return who is remembered of those that have read at this moment, the reader being the last; null if the read has to be
     *     looked into
     */
    SettledReads.@Nullable Readers plainRead(int offset, long stamp, int pc, MeetingTimes ofBlock) {
        int record = recordOf(offset);
        if (!isPlain() || records[record + WRITE] == 0 || !ofBlock.allKnow(time(records[record + WRITE]))) {
            return null;
        }
        noteReader(record / RECORD, stamp, pc);
        return readers(record, stamp);
    }

    /** Notes a write of a word that was written before, if all earlier accesses are the writer's or known to all of the block. */
    boolean plainWrite(int offset, long stamp, int pc, MeetingTimes ofBlock) {
        int record = recordOf(offset);
        if (!isPlain()
                || records[record + WRITE] == 0
                || !isKnown(records[record + WRITE], stamp, ofBlock)
                || !isKnown(records[record + READ], stamp, ofBlock)
                || !isKnown(records[record + OTHER_READ], stamp, ofBlock)) {
            return false;
        }
        records[record + WRITE] = stamp;
        placeWrite(record, pc);
        return true;
    }

    private static boolean isKnown(long earlier, long stamp, MeetingTimes ofBlock) {
        return earlier == 0 || (int) earlier == (int) stamp || ofBlock.allKnow(time(earlier));
    }

    private boolean races(long earlier, AccessSite site, Order order) {
        return earlier != 0 && !reported && !order.isOrdered(earlier, site);
    }

    /** One race tells a student more than a hundred of the same memory: the others of this launch are kept quiet. */
    private long race(int word, long other, int pc) {
        reported = true;
        return found(word, other, pc);
    }

    private long found(int word, long other, int pc) {
        racePc = pc;
        raceOffset = base + (word << shift);
        return other;
    }

    /** The instruction of the access that the last reported race was with. */
    int racePc() {
        return racePc;
    }

    /** Where the last reported race was. */
    int raceOffset() {
        return raceOffset;
    }
}
