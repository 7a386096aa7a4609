package org.warpgrade.gpu.host;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.typed.AddressMap;

/**
 * Host memory as the entry sees it, besides its stack: arguments, {@code malloc}, launch parameter buffers and texts. One
 * growing arena; it lives for one run.
 */
public final class HostMemory {

    /** The arena begins here in the host window; below is the entry's stack. */
    public static final long ARENA = AddressMap.HOST + (1L << 30);

    private static final int LIMIT = 64 << 20;

    private static final int UNUSED = 64;

    /** The first address that is given out. */
    public static final long FIRST = ARENA + UNUSED;

    private @Nullable ManagedMemory managed;
    private byte[] data = new byte[4096];
    private int used = UNUSED;

    /** Address of fresh zeroed memory, 16-aligned; 0 if the arena is full. */
    public long allocate(long bytes) {
        if (bytes < 0 || bytes > LIMIT - used) {
            return 0;
        }
        int offset = used;
        used = Math.toIntExact(after(ARENA + used, bytes) - ARENA);
        if (used > data.length) {
            data = Arrays.copyOf(data, Math.max(used, data.length * 2));
        }
        return ARENA + offset;
    }

    /** The address that is given out after one with so many bytes: 16-aligned, with a gap. */
    static long after(long address, long bytes) {
        return (address + bytes + 16 + 15) / 16 * 16;
    }

    public long place(byte[] bytes) {
        long address = allocate(bytes.length);
        System.arraycopy(bytes, 0, data, (int) (address - ARENA), bytes.length);
        return address;
    }

    public boolean holds(long address, long bytes) {
        long offset = address - ARENA;
        return offset >= 0 && bytes >= 0 && offset <= used - bytes;
    }

    /** Memory that is the device's as well; null if there is none. */
    public @Nullable ManagedMemory managed() {
        return managed;
    }

    void share(ManagedMemory memory) {
        managed = memory;
    }

    public byte[] data() {
        return data;
    }

    public int offset(long address) {
        return (int) (address - ARENA);
    }
}
