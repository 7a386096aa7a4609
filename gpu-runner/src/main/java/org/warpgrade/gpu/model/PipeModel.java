package org.warpgrade.gpu.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Metric;

/**
 * How long each unit of a GPU is busy at least with what was counted, if the work is enough to fill all multiprocessors. The
 * longest is what bounds the kernel, in the model: it takes every sector from the L2 (no luck in the L1), every first touch
 * from DRAM, and knows nothing of stalls and launch overhead. Its error against a real GPU has not been measured. It tells
 * why one version of a kernel should beat another, never by how much.
 *
 * <p>Rates per multiprocessor and cycle: four schedulers issue a warp instruction each, the L1 moves 128 bytes, that is 4
 * sectors or one wavefront of shared memory (CUDA C++ Programming Guide); the L2 gives about one sector (V100: 2,048 bytes a
 * cycle for 80 multiprocessors, A100: 5,120 for 108, NVIDIA A100 whitepaper); lanes on one atomic address take turns.
 *
 * @param issue seconds of the schedulers
 * @param l1 seconds of the L1 and shared memory
 * @param l2 seconds of the way to the L2
 * @param arithmetic seconds of the floating-point units
 * @param dram seconds of the memory bus, every sector once
 */
public record PipeModel(double issue, double l1, double l2, double arithmetic, double dram) {

    private static final int SCHEDULERS = 4;
    private static final int L1_SECTORS_PER_CYCLE = 4;
    private static final int L2_SECTORS_PER_CYCLE = 1;

    public static PipeModel of(Counters counters, GpuPeaks gpu) {
        double cycles = gpu.multiprocessors() * gpu.hertz();
        double global = counters.get(Metric.GLOBAL_LOAD_SECTORS)
                + counters.get(Metric.GLOBAL_STORE_SECTORS)
                + counters.get(Metric.GLOBAL_ATOM_SECTORS)
                + counters.get(Metric.GLOBAL_RED_SECTORS);
        double local = counters.get(Metric.LOCAL_LOAD_SECTORS) + counters.get(Metric.LOCAL_STORE_SECTORS);
        double wavefronts = counters.get(Metric.SHARED_LOAD_WAVEFRONTS)
                + counters.get(Metric.SHARED_STORE_WAVEFRONTS)
                + counters.get(Metric.SHARED_ATOMICS)
                + counters.get(Metric.ATOMIC_CONFLICTS);
        Roofline roofline = Roofline.of(counters, gpu);
        return new PipeModel(
                counters.get(Metric.INSTRUCTIONS) / SCHEDULERS / cycles,
                ((global + local) / L1_SECTORS_PER_CYCLE + wavefronts) / cycles,
                global / L2_SECTORS_PER_CYCLE / cycles,
                roofline.computeSeconds(),
                roofline.memorySeconds());
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
        return Math.max(Math.max(issue, l1), Math.max(Math.max(l2, arithmetic), dram));
    }

    /** The unit that takes longest: {@code dram}, {@code arithmetic}, {@code l2}, {@code l1} or {@code issue}. */
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
        units.put("l2", l2);
        units.put("l1", l1);
        units.put("issue", issue);
        return units;
    }
}
