package org.warpgrade.gpu.cpu;

/**
 * Between which places of shared memory the addresses of a warp's lanes are, in one register: known for all accesses of a {@link Stretch} that
 * go out from it.
 */
final class SharedSpan {

    private static final long MASK = 0xFFFFFFFFL;

    private boolean looked;
    private long least;
    private long most;
    private long bits;

    /** Whether nobody has asked that before: whoever asked first has to look. */
    boolean isNew() {
        boolean before = looked;
        looked = true;
        return !before;
    }

    void look(long[] registers, int base) {
        long smallest = Long.MAX_VALUE;
        long largest = 0;
        long any = 0;
        for (int lane = 0; lane < Frame.LANES; lane++) {
            long address = registers[base + lane] & MASK;
            smallest = Math.min(smallest, address);
            largest = Math.max(largest, address);
            any |= address;
        }
        least = smallest;
        most = largest;
        bits = any;
    }

    /** Whether so many bytes at that offset from each address are in bounds and aligned. */
    boolean holds(long offset, int bytes, int length) {
        return least + offset >= 0 && most + offset <= length - bytes && ((bits | offset) & bytes - 1) == 0;
    }
}
