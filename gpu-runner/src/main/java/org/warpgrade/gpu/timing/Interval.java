package org.warpgrade.gpu.timing;

/**
 * A median with its confidence interval.
 *
 * @param low lower end
 * @param median of the sample
 * @param high upper end
 */
public record Interval(double low, double median, double high) {

    public boolean holds(double value) {
        return low <= value && value <= high;
    }

    /** Half the interval relative to the median. */
    public double halfWidth() {
        return (high - low) / 2 / median;
    }
}
