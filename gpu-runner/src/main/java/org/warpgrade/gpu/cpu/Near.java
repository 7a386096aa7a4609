package org.warpgrade.gpu.cpu;

/**
 * The allocation that accesses through one pointer touched last. Most accesses through a pointer stay in one allocation, so
 * they need a subtraction and two comparisons instead of a search; the others search, and find the fault if there is one.
 * Serves one JVM thread. Public because generated code hands it on.
 *
 * <p>The accessors are shorter than what HotSpot's first compiler inlines (C1MaxInlineSize, 35 bytes).
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

    private final DeviceMemory memory;
    private Allocation allocation = Allocation.NONE;
    private byte[] data = Allocation.NONE.data();
    private long base;
    /** An aligned access at an offset below lies in the allocation; the others are searched for. */
    private int end;

    Near(DeviceMemory memory) {
        this.memory = memory;
    }

    /** The allocation of the last access. */
    Allocation allocation() {
        return allocation;
    }

    /** Some allocation was freed, perhaps this one. */
    void forget() {
        allocation = Allocation.NONE;
        data = Allocation.NONE.data();
        end = 0;
    }

    /** The offset of an access, or one that is beyond every end. */
    private int offset(long address, long not) {
        long offset = address - base;
        return (offset & not) == 0 ? (int) offset : Integer.MAX_VALUE;
    }

    /** Finds the allocation of an access and takes it as the near one; an access that is not allowed is a fault. */
    int find(long address, int bytes, boolean write) {
        if ((address & (bytes - 1)) != 0) {
            throw LaneAccess.misaligned(write, bytes, memory.describe(address));
        }
        allocation = memory.check(address, bytes, write);
        data = allocation.data();
        base = allocation.base();
        end = allocation.size() & -Long.BYTES;
        return (int) (address - base);
    }

    int getByte(long address) {
        int offset = offset(address, NOT_BYTE);
        return offset < end ? data[offset] & 0xFF : (int) far(address, 1);
    }

    int getShort(long address) {
        int offset = offset(address, NOT_SHORT);
        return offset < end ? Bytes.getShort(data, offset) : (int) far(address, 2);
    }

    int getInt(long address) {
        int offset = offset(address, NOT_INT);
        return offset < end ? Bytes.getInt(data, offset) : (int) far(address, 4);
    }

    long getLong(long address) {
        int offset = offset(address, NOT_LONG);
        return offset < end ? Bytes.getLong(data, offset) : far(address, 8);
    }

    void putByte(long address, int value) {
        int offset = offset(address, NOT_BYTE);
        if (offset < end) {
            data[offset] = (byte) value;
        } else {
            farPut(address, 1, value);
        }
    }

    void putShort(long address, int value) {
        int offset = offset(address, NOT_SHORT);
        if (offset < end) {
            Bytes.putShort(data, offset, value);
        } else {
            farPut(address, 2, value);
        }
    }

    void putInt(long address, int value) {
        int offset = offset(address, NOT_INT);
        if (offset < end) {
            Bytes.putInt(data, offset, value);
        } else {
            farPut(address, 4, value);
        }
    }

    void putLong(long address, long value) {
        int offset = offset(address, NOT_LONG);
        if (offset < end) {
            Bytes.putLong(data, offset, value);
        } else {
            farPut(address, 8, value);
        }
    }

    private long far(long address, int bytes) {
        int offset = find(address, bytes, false);
        return Bytes.get(data, offset, bytes);
    }

    private void farPut(long address, int bytes, long value) {
        int offset = find(address, bytes, true);
        Bytes.put(data, offset, bytes, value);
    }
}
