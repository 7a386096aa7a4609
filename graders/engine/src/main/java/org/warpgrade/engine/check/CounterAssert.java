package org.warpgrade.engine.check;

import org.warpgrade.gpu.Metric;

/**
 * Assertions on what a run was counted to do, for structural checks: how memory is accessed, how often threads take turns.
 * Counts are the same on every device, because they always come from the CPU device; of a large launch some blocks are
 * looked at and scaled to all, so a limit needs room for ragged edges.
 */
public interface CounterAssert {

    /** The value over all launches; NaN for a ratio of nothing. */
    double get(Metric metric);

    /**
     * Verifies that the value over all launches is no larger; a ratio of nothing is not.
     *
     * @param what the metric in words: {@code "sectors per load request"}
     * @param whatChinese the same in Chinese
     * @param hint what usually makes it too large: {@code "neighbouring threads should read neighbouring elements"}
     * @param hintChinese the same in Chinese
     */
    CounterAssert atMost(Metric metric, double limit, String what, String whatChinese, String hint, String hintChinese);

    /** As {@link #atMost}, the other way round. */
    CounterAssert atLeast(
            Metric metric, double limit, String what, String whatChinese, String hint, String hintChinese);
}
