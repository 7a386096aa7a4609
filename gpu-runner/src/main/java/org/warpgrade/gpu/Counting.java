package org.warpgrade.gpu;

/**
 * How many blocks of each launch are counted. Counting never changes what a program does; it costs about 5 ns for each
 * instruction of each thread that is counted.
 *
 * @param blocks at most so many blocks of each launch, spread evenly over the grid; 0 for none
 * @param threadInstructions about so many instructions of all launches together; a launch of which not one block fits into
 *     what is left is not counted
 */
public record Counting(long blocks, long threadInstructions) {

    public static Counting none() {
        return new Counting(0, 0);
    }

    /** Every block: exact. */
    public static Counting full() {
        return new Counting(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** At most so many blocks of each launch, the rest taken to be alike. */
    public static Counting sampled(long blocks) {
        return new Counting(blocks, Long.MAX_VALUE);
    }

    /** As many blocks as cost about so many thread instructions, the rest taken to be alike. */
    public static Counting within(long threadInstructions) {
        return new Counting(Long.MAX_VALUE - 1, threadInstructions);
    }

    public boolean isOn() {
        return blocks > 0;
    }

    /** Whether every block of every launch is counted, whatever it costs. */
    public boolean isFull() {
        return blocks == Long.MAX_VALUE;
    }
}
