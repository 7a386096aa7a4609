package org.warpgrade.gpu.cpu;

/** A {@link Meanings.Meaning} applied to a whole warp at once; operands and results are bits, a row of them one per lane. */
@FunctionalInterface
interface RowMeaning {

    /**
     * Computes the results of the given lanes and leaves those of others alone. A result's row may be an operand's.
     *
     * @param rows the arrays of up to four operands, of which as many are read as the meaning has
     * @param starts where lane 0 is in each
     * @param results where lane {@code l}'s result goes: at {@code start + l}
     */
    void apply(long[][] rows, int[] starts, long[] results, int start, int lanes);
}
