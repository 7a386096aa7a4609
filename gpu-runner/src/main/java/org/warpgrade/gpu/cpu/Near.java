package org.warpgrade.gpu.cpu;

/**
 * The allocation that accesses through one pointer touched last. Most accesses through a pointer stay in one allocation, so
 * they need a subtraction, a test and a comparison with its length, which the JVM's own check of the bounds then repeats for
 * nothing; the others search, and find the fault if there is one. Serves one JVM thread. Public because generated code hands
 * it on.
 *
 * <p>The static accessors are told where the allocation is: a lane loop keeps that in locals, which the JIT's optimising
 * compiler takes out of loops, as it does not do with fields. When they are out of date an access searches, nothing else.
 *
 * <p>Not inlined on purpose by HotSpot's first compiler, for which the accessors are a little too long (C1MaxInlineSize): on
 * a short grading, compiling the larger code cost twice what it gained (attn-mha/3-register-tiled: 5.1 s of processor time
 * instead of 3.3 s).
 */
public final class Near {

    /**
     * What an offset from the base must not have: the sign and bits that an {@code int} has not; then also those of a
     * misaligned access, because bases are multiples of 64 KiB.
     */
    private static final long NOT_BYTE = 0xFFFF_FFFF_8000_0000L;

    private static final long NOT_SHORT = NOT_BYTE | 1;
    private static final long NOT_INT = NOT_BYTE | 3;
    private static final long NOT_LONG = NOT_BYTE | 7;

    /** The allocation of the last access, its bytes and where they begin. */
    public Allocation allocation = Allocation.NONE;

    public byte[] bytes = Allocation.NONE.data();
    public long begin;

    private final DeviceMemory memory;

    Near(DeviceMemory memory) {
        this.memory = memory;
    }

    /** Takes the allocation that an address lies in, if any: an optimising compiler then sees no search at all. */
    void aim(long address) {
        Allocation aimed = memory.find(address);
        if (!aimed.isFreed() && aimed != Allocation.NONE) {
            settle(aimed);
        }
    }

    private void settle(Allocation found) {
        allocation = found;
        bytes = found.data();
        begin = found.base();
    }

    /** Some allocation was freed, perhaps this one. */
    void forget() {
        settle(Allocation.NONE);
    }

    /** Checks an access; one that is not allowed is a fault. Gives the offset in {@link #allocation}. */
    int place(long address, int size, boolean write) {
        long offset = address - begin;
        boolean near = offset >= 0 && offset <= bytes.length - size && (offset & size - 1) == 0;
        return near ? (int) offset : find(address, size, write);
    }

    private int find(long address, int size, boolean write) {
        if ((address & size - 1) != 0) {
            throw LaneAccess.misaligned(write, size, memory.describe(address));
        }
        settle(memory.check(address, size, write));
        return (int) (address - begin);
    }

    long far(long address, int size) {
        int offset = find(address, size, false);
        return Bytes.get(bytes, offset, size);
    }

    void farPut(long address, int size, long value) {
        int offset = find(address, size, true);
        Bytes.put(bytes, offset, size, value);
    }

    int getByte(long address) {
        return getByte(this, bytes, begin, address);
    }

    static int getByte(Near near, byte[] data, long begin, long address) {
        long offset = address - begin;
        return (offset & NOT_BYTE) == 0 && (int) offset < data.length
                ? data[(int) offset] & 0xFF
                : (int) near.far(address, 1);
    }

    void putByte(long address, int value) {
        putByte(this, bytes, begin, address, value);
    }

    static void putByte(Near near, byte[] data, long begin, long address, int value) {
        long offset = address - begin;
        if ((offset & NOT_BYTE) == 0 && (int) offset < data.length) {
            data[(int) offset] = (byte) value;
        } else {
            near.farPut(address, 1, value);
        }
    }

    int getShort(long address) {
        return getShort(this, bytes, begin, address);
    }

    static int getShort(Near near, byte[] data, long begin, long address) {
        long offset = address - begin;
        return (offset & NOT_SHORT) == 0 && (int) offset < data.length - 1
                ? Bytes.getShort(data, (int) offset)
                : (int) near.far(address, 2);
    }

    void putShort(long address, int value) {
        putShort(this, bytes, begin, address, value);
    }

    static void putShort(Near near, byte[] data, long begin, long address, int value) {
        long offset = address - begin;
        if ((offset & NOT_SHORT) == 0 && (int) offset < data.length - 1) {
            Bytes.putShort(data, (int) offset, value);
        } else {
            near.farPut(address, 2, value);
        }
    }

    int getInt(long address) {
        return getInt(this, bytes, begin, address);
    }

    static int getInt(Near near, byte[] data, long begin, long address) {
        long offset = address - begin;
        return (offset & NOT_INT) == 0 && (int) offset < data.length - 3
                ? Bytes.getInt(data, (int) offset)
                : (int) near.far(address, 4);
    }

    void putInt(long address, int value) {
        putInt(this, bytes, begin, address, value);
    }

    static void putInt(Near near, byte[] data, long begin, long address, int value) {
        long offset = address - begin;
        if ((offset & NOT_INT) == 0 && (int) offset < data.length - 3) {
            Bytes.putInt(data, (int) offset, value);
        } else {
            near.farPut(address, 4, value);
        }
    }

    long getLong(long address) {
        return getLong(this, bytes, begin, address);
    }

    static long getLong(Near near, byte[] data, long begin, long address) {
        long offset = address - begin;
        return (offset & NOT_LONG) == 0 && (int) offset < data.length - 7
                ? Bytes.getLong(data, (int) offset)
                : near.far(address, 8);
    }

    void putLong(long address, long value) {
        putLong(this, bytes, begin, address, value);
    }

    static void putLong(Near near, byte[] data, long begin, long address, long value) {
        long offset = address - begin;
        if ((offset & NOT_LONG) == 0 && (int) offset < data.length - 7) {
            Bytes.putLong(data, (int) offset, value);
        } else {
            near.farPut(address, 8, value);
        }
    }
}
