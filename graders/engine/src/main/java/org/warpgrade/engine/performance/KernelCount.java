package org.warpgrade.engine.performance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.LineCounters;
import org.warpgrade.gpu.Metric;

/**
 * What the launches of one kernel were counted to do, all together.
 *
 * @param name mangled name
 * @param displayName the name for people
 * @param launches how many
 * @param blockThreads threads per block of the last launch
 * @param dynamicSharedBytes the most dynamic shared memory per block
 * @param longestThread instructions of the longest thread, summed over launches
 * @param total counts
 * @param lines counts by source line, ascending
 * @param blocks blocks of all launches
 * @param countedBlocks blocks that were looked at
 */
public record KernelCount(
        String name,
        String displayName,
        int launches,
        int blockThreads,
        int dynamicSharedBytes,
        long longestThread,
        Counters total,
        List<LineCounters> lines,
        long blocks,
        long countedBlocks) {

    public KernelCount {
        lines = List.copyOf(lines);
    }

    /**
     * Every kernel of which at least one launch was counted, in the order of their first launch. Launches that were not
     * counted are taken to do the same for each instruction that they execute.
     */
    static List<KernelCount> of(List<LaunchRecord> launches) {
        Map<String, KernelCount> kernels = new LinkedHashMap<>();
        for (LaunchRecord launch : launches) {
            LaunchCounters counters = launch.counters();
            if (counters != null) {
                kernels.merge(launch.kernel(), of(launch, counters), KernelCount::and);
            }
        }
        return kernels.values().stream().map(k -> k.withUncounted(launches)).toList();
    }

    private KernelCount withUncounted(List<LaunchRecord> all) {
        List<LaunchRecord> missing = all.stream()
                .filter(l -> l.kernel().equals(name) && l.counters() == null)
                .toList();
        if (missing.isEmpty()) {
            return this;
        }
        double counted = total.get(Metric.THREAD_INSTRUCTIONS);
        double executed =
                missing.stream().mapToLong(LaunchRecord::threadInstructions).sum();
        double factor = (counted + executed) / counted;
        return new KernelCount(
                name,
                displayName,
                launches + missing.size(),
                blockThreads,
                dynamicSharedBytes,
                longestThread
                        + missing.stream()
                                .mapToLong(LaunchRecord::maxThreadInstructions)
                                .sum(),
                total.times(factor),
                lines.stream()
                        .map(line ->
                                new LineCounters(line.line(), line.counters().times(factor)))
                        .toList(),
                blocks + missing.stream().mapToLong(l -> l.grid().count()).sum(),
                countedBlocks);
    }

    private static KernelCount of(LaunchRecord launch, LaunchCounters counters) {
        return new KernelCount(
                launch.kernel(),
                launch.displayName(),
                1,
                (int) launch.block().count(),
                launch.dynamicSharedBytes(),
                launch.maxThreadInstructions(),
                counters.total(),
                counters.lines(),
                counters.blocks(),
                counters.countedBlocks());
    }

    private KernelCount and(KernelCount other) {
        Map<Integer, Counters> byLine = new TreeMap<>();
        lines.forEach(line -> byLine.merge(line.line(), line.counters(), Counters::plus));
        other.lines.forEach(line -> byLine.merge(line.line(), line.counters(), Counters::plus));
        return new KernelCount(
                name,
                displayName,
                launches + other.launches,
                other.blockThreads,
                Math.max(dynamicSharedBytes, other.dynamicSharedBytes),
                longestThread + other.longestThread,
                total.plus(other.total),
                byLine.entrySet().stream()
                        .map(e -> new LineCounters(e.getKey(), e.getValue()))
                        .toList(),
                blocks + other.blocks,
                countedBlocks + other.countedBlocks);
    }
}
