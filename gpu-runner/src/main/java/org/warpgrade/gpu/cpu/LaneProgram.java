package org.warpgrade.gpu.cpu;

/** A kernel compiled to lane loops; implemented by generated classes only. */
public abstract class LaneProgram {

    /**
     * Runs lanes {@code from} (inclusive) to {@code to} (exclusive) through a region.
     *
     * @return the boundary that all of them reached, or -1 if they reached different ones; {@link Cohort#next} tells
     *     each lane's in any case
     */
    public abstract int run(int region, Cohort cohort, int from, int to);

    /** The same with the lanes abreast, which must be a row of threads; of regions that have such code. */
    public int abreast(int region, Cohort cohort, int from, int to) {
        return run(region, cohort, from, to);
    }
}
