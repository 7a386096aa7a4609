package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.Nullable;

/**
 * What the lanes access through one address that goes up by the same step from lane to lane.
 *
 * @param step bytes from lane to lane
 * @param least the first byte accessed from the address
 * @param most one more than the last byte accessed
 * @param align what all places are multiples of
 */
record Extent(int step, int least, int most, int align) {

    /** Offsets from the address beyond this are left alone, so that nothing wraps around. */
    private static final long FAR = 1 << 20;

    /** Of one access; null if it is too far from the address, or not aligned in all lanes whenever it is in the first. */
    static @Nullable Extent of(WeakAccess access, long step) {
        int bytes = access.bytes();
        long offset = access.offset();
        return Math.abs(offset) < FAR && (step | offset) % bytes == 0
                ? new Extent((int) step, (int) offset, (int) offset + bytes, bytes)
                : null;
    }

    /** Of both. */
    Extent with(Extent other) {
        return new Extent(step, Math.min(least, other.least), Math.max(most, other.most), Math.max(align, other.align));
    }
}
