package org.warpgrade.reports.html;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.LineCounters;
import org.warpgrade.gpu.Metric;

/** What each source line costs, of all kernels together. */
final class LineMeters {

    /** Below this part of what is moved being used, a line is worth a look. */
    static final double WASTEFUL = 0.5;

    /** Below this part of branches going one way, a line is worth a look. */
    static final double DIVERGENT = 0.9;

    private static final List<Metric> REQUESTS = List.of(Metric.GLOBAL_LOAD_REQUESTS, Metric.GLOBAL_STORE_REQUESTS);
    private static final List<Metric> SECTORS = List.of(Metric.GLOBAL_LOAD_SECTORS, Metric.GLOBAL_STORE_SECTORS);
    private static final List<Metric> BYTES = List.of(Metric.GLOBAL_LOAD_BYTES, Metric.GLOBAL_STORE_BYTES);
    private static final List<Metric> CONFLICTS = List.of(Metric.SHARED_LOAD_CONFLICTS, Metric.SHARED_STORE_CONFLICTS);
    private static final List<Metric> SHARED = List.of(Metric.SHARED_LOADS, Metric.SHARED_STORES);

    /** The counts of one line. */
    static final class Meter {

        private final Map<Metric, Double> sums = new EnumMap<>(Metric.class);
        private final double allInstructions;

        Meter(Map<Metric, Double> sums, double allInstructions) {
            this.sums.putAll(sums);
            this.allInstructions = allInstructions;
        }

        boolean touchesGlobal() {
            return sum(REQUESTS) > 0;
        }

        /** 32-byte sectors that one request of a warp moves; at least 1. */
        double sectorsPerRequest() {
            return sum(SECTORS) / sum(REQUESTS);
        }

        /** The part of the bytes moved that the threads asked for; more than 1 where they ask for the same ones. */
        double used() {
            return sum(BYTES) / (32 * sum(SECTORS));
        }

        boolean touchesShared() {
            return sum(SHARED) > 0;
        }

        double conflicts() {
            return sum(CONFLICTS);
        }

        /** Turns that one access to shared memory takes beyond the first. */
        double conflictsPerAccess() {
            return sum(CONFLICTS) / sum(SHARED);
        }

        boolean branches() {
            return sum(List.of(Metric.BRANCHES)) > 0;
        }

        /** The part of the branches that all lanes of a warp take the same way. */
        double uniform() {
            return sum(List.of(Metric.BRANCHES_UNIFORM)) / sum(List.of(Metric.BRANCHES));
        }

        /** The line's part of all warp instructions. */
        double share() {
            return allInstructions == 0 ? 0 : sum(List.of(Metric.INSTRUCTIONS)) / allInstructions;
        }

        private double sum(List<Metric> metrics) {
            return metrics.stream().mapToDouble(m -> sums.getOrDefault(m, 0.0)).sum();
        }
    }

    private LineMeters() {}

    /** By line, empty if nothing was counted. */
    static Map<Integer, Meter> of(GradingResult result) {
        Map<Integer, Map<Metric, Double>> lines = new TreeMap<>();
        double instructions = 0;
        for (KernelInfo kernel : result.kernels()) {
            for (LineCounters line : kernel.lines()) {
                Map<Metric, Double> sums = lines.computeIfAbsent(line.line(), l -> new EnumMap<>(Metric.class));
                for (Metric metric : Metric.values()) {
                    Double value = line.counters().get(metric.id());
                    if (value != null && !metric.isRatio()) {
                        sums.merge(metric, value, Double::sum);
                        instructions += metric == Metric.INSTRUCTIONS ? value : 0;
                    }
                }
            }
        }
        double all = instructions;
        Map<Integer, Meter> meters = new TreeMap<>();
        lines.forEach((line, sums) -> meters.put(line, new Meter(sums, all)));
        return meters;
    }
}
