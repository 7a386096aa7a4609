package org.warpgrade.gpu.timing;

import java.util.Arrays;

/**
 * Tells whether a series of times has a trend: the GPU grew hot, or another program came. Both must hold: the trend is no
 * chance (test of Mann and Kendall: H. B. Mann, Econometrica 13, 1945), and it is large enough to matter.
 */
final class Drift {

    /** Three standard deviations: once in 370 steady series. */
    private static final double SIGNIFICANT = 3;

    /** Interleaving cancels what both sides share, so only a change that shows the machine unsettled counts. */
    private static final double LARGE = 0.05;

    private static final int LEAST = 10;

    private Drift() {}

    /** The relative change from the first third to the last if it is a drift, else 0. */
    static double of(double[] times) {
        int n = times.length;
        if (n < LEAST) {
            return 0;
        }
        double change = median(times, n - n / 3, n) / median(times, 0, n / 3) - 1;
        return Math.abs(change) > LARGE && Math.abs(mannKendall(times)) > SIGNIFICANT ? change : 0;
    }

    private static double median(double[] times, int from, int to) {
        double[] part = Arrays.copyOfRange(times, from, to);
        Arrays.sort(part);
        return MedianInterval.median(part);
    }

    /** Kendall's S in standard deviations, 0 expected without a trend. */
    private static double mannKendall(double[] times) {
        int n = times.length;
        long score = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                score += (long) Math.signum(times[j] - times[i]);
            }
        }
        double variance = n * (n - 1.0) * (2.0 * n + 5) / 18;
        return (score - Math.signum(score)) / Math.sqrt(variance);
    }
}
