package org.warpgrade.gpu;

/**
 * How many blocks of each launch are counted. Counting never changes what a program does; it costs about 100 ns for each
 * instruction of each thread that is counted.
 *
 * @param blocks at most so many blocks of each launch, spread evenly over the grid; 0 for none
 */
public record Counting(long blocks) {

    public static Counting none() {
        return new Counting(0);
    }

    /** Every block: exact. */
    public static Counting full() {
        return new Counting(Long.MAX_VALUE);
    }

    /** At most so many blocks of each launch, the rest taken to be alike. */
    public static Counting sampled(long blocks) {
        return new Counting(blocks);
    }

    public boolean isOn() {
        return blocks > 0;
    }
}
