package org.warpgrade.gpu.timing;

import java.util.Arrays;

/**
 * The confidence interval of a median from order statistics: the k-th smallest and k-th largest value, with the largest k
 * for which {@code 2 P(Bin(n, 1/2) < k)} does not exceed the error that is allowed. Its coverage holds for every
 * continuous distribution and every n, which matters here: times are skewed and samples small, where a bootstrap of the
 * median covers too little. Source: W. J. Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2; T. Hoefler
 * and R. Belli, Scientific Benchmarking of Parallel Computing Systems, SC 2015, rule 5.
 */
final class MedianInterval {

    private MedianInterval() {}

    /** The fewest values that give an interval of 95 %, and of 96.8 %. */
    static final int LEAST = 6;

    /**
     * The interval of the median.
     *
     * @param confidence below 1; with too few values the interval is the whole range
     */
    static Interval of(double[] values, double confidence) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        int k = Math.max(1, rank(n, 1 - confidence));
        return new Interval(sorted[k - 1], median(sorted), sorted[n - k]);
    }

    /** The largest k with 2 P(Bin(n, 1/2) &lt; k) &le; error; 0 if there is none. */
    static int rank(int n, double error) {
        double term =
                Math.exp(-n * Math.log(2)); // P(Bin = 0); 0 beyond n = 1074, where the search starts too low but safe
        double below = 0;
        int k = 0;
        while (k < n / 2 + 1) {
            below += term;
            if (2 * below > error) {
                return k;
            }
            term *= (double) (n - k) / (k + 1);
            k++;
        }
        return k;
    }

    /** The middle of sorted values, or the mean of the two in the middle. */
    static double median(double[] sorted) {
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}
