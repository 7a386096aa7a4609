package org.warpgrade.gpu;

/** A CUDA {@code dim3}: a grid, a block, or an index in one. */
public record Dim3(int x, int y, int z) {

    /** The number of elements, as a long because a grid may hold more than 2^31 blocks. */
    public long count() {
        return (long) x * y * z;
    }

    @Override
    public String toString() {
        return "(" + x + "," + y + "," + z + ")";
    }
}
