package org.warpgrade.gpu;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts of one line, launch, kernel or run: a value for each {@link Metric}, added up and scaled together. */
public final class Counters {

    private static final int SIZE = Metric.values().length;
    private static final Counters NONE = new Counters(new double[SIZE]);

    /** Indexed by {@link Metric#ordinal()}; places of ratios stay 0. */
    private final double[] sums;

    private Counters(double[] sums) {
        this.sums = sums;
    }

    public static Counters none() {
        return NONE;
    }

    /** @param sums values of metrics that are no ratios; what is left out is 0 */
    public static Counters of(Map<Metric, ? extends Number> sums) {
        double[] values = new double[SIZE];
        sums.forEach((metric, value) -> {
            if (metric.isRatio()) {
                throw new IllegalArgumentException(metric + " follows from others");
            }
            values[metric.ordinal()] = value.doubleValue();
        });
        return new Counters(values);
    }

    /** Reads what {@link #metrics()} gave; ratios and names that are not known are left out. */
    public static Counters ofMetrics(Map<String, Double> metrics) {
        double[] values = new double[SIZE];
        for (Metric metric : Metric.values()) {
            if (!metric.isRatio()) {
                values[metric.ordinal()] = metrics.getOrDefault(metric.id(), 0.0);
            }
        }
        return new Counters(values);
    }

    /** The value; NaN for a ratio of nothing. */
    public double get(Metric metric) {
        return metric.in(sums);
    }

    public Counters plus(Counters other) {
        double[] both = sums.clone();
        for (int i = 0; i < SIZE; i++) {
            both[i] += other.sums[i];
        }
        return new Counters(both);
    }

    /** Every count times a factor, for blocks that were not looked at; ratios stay. */
    public Counters times(double factor) {
        return new Counters(Arrays.stream(sums).map(v -> v * factor).toArray());
    }

    /** Names to values in the order of {@link Metric}, without counts of 0 and ratios of nothing. */
    public Map<String, Double> metrics() {
        Map<String, Double> named = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            double value = get(metric);
            if (value != 0 && !Double.isNaN(value) && !isUselessRatio(metric)) {
                named.put(metric.id(), value);
            }
        }
        return named;
    }

    /** A branch efficiency of 100 % tells nothing where there is no branch. */
    private boolean isUselessRatio(Metric metric) {
        return metric == Metric.BRANCH_EFFICIENCY && sums[Metric.BRANCHES.ordinal()] == 0;
    }

    /** Floating-point operations of all types, those of tensor instructions included. */
    public double flops() {
        return get(Metric.FP32_FLOPS) + get(Metric.FP64_FLOPS) + get(Metric.FP16_FLOPS) + get(Metric.TENSOR_FLOPS);
    }

    /** The least DRAM traffic with a perfect cache: every sector read once and written once. */
    public double compulsoryBytes() {
        return get(Metric.COMPULSORY_READ_BYTES) + get(Metric.COMPULSORY_WRITE_BYTES);
    }

    /** Bytes that the threads asked of global memory. */
    public double requestedBytes() {
        return get(Metric.GLOBAL_LOAD_BYTES) + get(Metric.GLOBAL_STORE_BYTES) + get(Metric.GLOBAL_ATOMIC_BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counters counters && Arrays.equals(sums, counters.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    @Override
    public String toString() {
        return metrics().toString();
    }
}
