package org.warpgrade.gpu.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Metric;

/**
 * How long each unit of a GPU is busy at least with what was counted, if the work were spread evenly over all
 * multiprocessors. The longest is what bounds the kernel, in the model: it knows nothing of caches, stalls and launch
 * overhead, and its error against a real GPU has not been measured. It tells why one version of a kernel should beat
 * another, never by how much.
 *
 * <p>Rates per multiprocessor and cycle: four schedulers issue a warp instruction each; the L1 moves 128 bytes, that is 4
 * sectors or one wavefront of shared memory; atomics on one address take turns (CUDA C++ Programming Guide, arithmetic
 * throughput table; Jia et al. 2018, "Dissecting the NVIDIA Volta GPU Architecture via Microbenchmarking", also for the 4
 * cycles from an instruction to the next that depends on it).
 *
 * @param issue seconds of the schedulers
 * @param l1 seconds of the L1 and shared memory
 * @param arithmetic seconds of the floating-point units
 * @param dram seconds of the memory bus, every sector once
 * @param chain seconds of the longest thread, one instruction after the other
 */
public record PipeModel(double issue, double l1, double arithmetic, double dram, double chain) {

    private static final int SCHEDULERS = 4;
    private static final int SECTORS_PER_CYCLE = 4;
    private static final int DEPENDENT_ISSUE_CYCLES = 4;

    /**
     * The model of a kernel, or of several one after the other.
     *
     * @param longestThread PTX instructions of the longest thread, summed over launches
     */
    public static PipeModel of(Counters counters, long longestThread, GpuPeaks gpu) {
        double cycles = gpu.multiprocessors() * gpu.hertz();
        double sectors = 0;
        for (Metric metric : new Metric[] {
            Metric.GLOBAL_LOAD_SECTORS,
            Metric.GLOBAL_STORE_SECTORS,
            Metric.GLOBAL_ATOM_SECTORS,
            Metric.GLOBAL_RED_SECTORS,
            Metric.LOCAL_LOAD_SECTORS,
            Metric.LOCAL_STORE_SECTORS
        }) {
            sectors += counters.get(metric);
        }
        double wavefronts = counters.get(Metric.SHARED_LOAD_WAVEFRONTS)
                + counters.get(Metric.SHARED_STORE_WAVEFRONTS)
                + counters.get(Metric.SHARED_ATOMICS)
                + counters.get(Metric.ATOMIC_CONFLICTS);
        Roofline roofline = Roofline.of(counters, gpu);
        return new PipeModel(
                counters.get(Metric.INSTRUCTIONS) / SCHEDULERS / cycles,
                (sectors / SECTORS_PER_CYCLE + wavefronts) / cycles,
                roofline.computeSeconds(),
                roofline.memorySeconds(),
                longestThread * DEPENDENT_ISSUE_CYCLES / gpu.hertz());
    }

    /** Lanes of a multiprocessor for 32-bit floating-point operations (same guide). */
    static int fp32Lanes(String architecture) {
        return switch (architecture) {
            case "sm_70", "sm_75", "sm_80" -> 64;
            default -> 128;
        };
    }

    /** The longest of all. */
    public double seconds() {
        return Math.max(Math.max(Math.max(issue, l1), Math.max(arithmetic, dram)), chain);
    }

    /** The unit that takes longest: {@code issue}, {@code l1}, {@code arithmetic}, {@code dram} or {@code chain}. */
    public String bottleneck() {
        return units().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** Seconds by unit. */
    public Map<String, Double> units() {
        Map<String, Double> units = new LinkedHashMap<>();
        units.put("dram", dram);
        units.put("arithmetic", arithmetic);
        units.put("l1", l1);
        units.put("issue", issue);
        units.put("chain", chain);
        return units;
    }
}
