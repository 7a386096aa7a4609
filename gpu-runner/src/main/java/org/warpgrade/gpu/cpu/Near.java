package org.warpgrade.gpu.cpu;

/**
 * The allocation that accesses through one pointer touched last. Most accesses through a pointer stay in one allocation, so
 * they need a subtraction, a test and the JVM's own check of the bounds, which are the allocation's; the others search, and
 * find the fault if there is one. Serves one JVM thread. Public because generated code hands it on.
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

    /** A base from which no offset is near: where no allocation is. */
    private static final long NOWHERE = 1L << 62;

    /** Exceptions after which a pointer counts as restless: each takes microseconds, a search some nanoseconds. */
    private static final int PATIENCE = 100;

    /** The allocation of the last access, its bytes and where they begin. */
    public Allocation allocation = Allocation.NONE;

    public byte[] bytes = Allocation.NONE.data();
    public long begin;

    private final DeviceMemory memory;
    /** The same as {@link #bytes} and {@link #begin}, unless the pointer is restless: then nothing is near. */
    private byte[] data = Allocation.NONE.data();

    private long base = NOWHERE;
    private int beyond;

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
        if (beyond < PATIENCE) {
            data = bytes;
            base = begin;
        } else {
            data = Allocation.NONE.data();
            base = NOWHERE;
        }
    }

    /** Some allocation was freed, perhaps this one. */
    void forget() {
        settle(Allocation.NONE);
        base = NOWHERE;
    }

    /** Checks an access; one that is not allowed is a fault. Gives the offset in {@link #allocation}. */
    int place(long address, int size, boolean write) {
        long offset = address - base;
        boolean near = offset >= 0 && offset <= data.length - size && (offset & size - 1) == 0;
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
        try {
            long offset = address - base;
            if ((offset & NOT_BYTE) == 0) {
                return data[(int) offset] & 0xFF;
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        return (int) far(address, 1);
    }

    int getShort(long address) {
        try {
            long offset = address - base;
            if ((offset & NOT_SHORT) == 0) {
                return Bytes.getShort(data, (int) offset);
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        return (int) far(address, 2);
    }

    int getInt(long address) {
        try {
            long offset = address - base;
            if ((offset & NOT_INT) == 0) {
                return Bytes.getInt(data, (int) offset);
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        return (int) far(address, 4);
    }

    long getLong(long address) {
        try {
            long offset = address - base;
            if ((offset & NOT_LONG) == 0) {
                return Bytes.getLong(data, (int) offset);
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        return far(address, 8);
    }

    void putByte(long address, int value) {
        try {
            long offset = address - base;
            if ((offset & NOT_BYTE) == 0) {
                data[(int) offset] = (byte) value;
                return;
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        farPut(address, 1, value);
    }

    void putShort(long address, int value) {
        try {
            long offset = address - base;
            if ((offset & NOT_SHORT) == 0) {
                Bytes.putShort(data, (int) offset, value);
                return;
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        farPut(address, 2, value);
    }

    void putInt(long address, int value) {
        try {
            long offset = address - base;
            if ((offset & NOT_INT) == 0) {
                Bytes.putInt(data, (int) offset, value);
                return;
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        farPut(address, 4, value);
    }

    void putLong(long address, long value) {
        try {
            long offset = address - base;
            if ((offset & NOT_LONG) == 0) {
                Bytes.putLong(data, (int) offset, value);
                return;
            }
        } catch (IndexOutOfBoundsException elsewhere) {
            beyond++;
        }
        farPut(address, 8, value);
    }
}
