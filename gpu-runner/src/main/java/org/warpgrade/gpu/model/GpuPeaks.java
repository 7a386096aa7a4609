package org.warpgrade.gpu.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a GPU can do at most, as its maker publishes it. Real programs reach 80 to 95 % of the bandwidth and less of the
 * arithmetic, so floors from these are too low rather than too high.
 *
 * @param name for people
 * @param architecture {@code sm_80}
 * @param multiprocessors number of streaming multiprocessors
 * @param hertz boost clock
 * @param bytesPerSecond DRAM bandwidth
 * @param fp32 floating-point operations a second, a fused multiply-add as two
 * @param fp64 the same in double precision
 * @param fp16 the same in half precision without tensor cores
 * @param tensor the same of half-precision tensor cores with fp32 sums, without sparsity
 * @param source where NVIDIA says so
 */
public record GpuPeaks(
        String name,
        String architecture,
        int multiprocessors,
        double hertz,
        double bytesPerSecond,
        double fp32,
        double fp64,
        double fp16,
        double tensor,
        String source) {

    private static final double TERA = 1e12;
    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private static final List<GpuPeaks> ALL = List.of(
            of("T4", "sm_75", 40, 1590, 320, 8.1, 0.253, 16.2, 65, "NVIDIA T4 datasheet; Turing whitepaper"),
            of("V100 SXM2", "sm_70", 80, 1530, 900, 15.7, 7.8, 31.4, 125, "Tesla V100 datasheet and Volta whitepaper"),
            of("A100 SXM 80GB", "sm_80", 108, 1410, 2039, 19.5, 9.7, 78, 312, "NVIDIA A100 datasheet and Ampere whitepaper"),
            of("RTX 3090", "sm_86", 82, 1695, 936, 35.6, 0.556, 35.6, 71, "GA102 whitepaper"),
            of("RTX 4090", "sm_89", 128, 2520, 1008, 82.6, 1.29, 82.6, 165.2, "Ada GPU architecture whitepaper"),
            of("L4", "sm_89", 58, 2040, 300, 30.3, 0.473, 30.3, 121, "NVIDIA L4 datasheet, without sparsity"),
            of("H100 SXM", "sm_90", 132, 1980, 3350, 66.9, 33.5, 133.8, 989.4, "NVIDIA H100 datasheet and Hopper whitepaper"),
            of("H200 SXM", "sm_90", 132, 1980, 4800, 66.9, 33.5, 133.8, 989.4, "NVIDIA H200 datasheet"),
            of("B200", "sm_100", 148, 1980, 8000, 75, 37, 150, 2250, "HGX B200 datasheet, an eighth of the board; fp16 as twice fp32"),
            of("RTX 5090", "sm_120", 170, 2407, 1792, 104.8, 1.64, 104.8, 209.5, "RTX Blackwell GPU architecture whitepaper"));

    private static GpuPeaks of(
            String name,
            String architecture,
            int multiprocessors,
            double megahertz,
            double gigabytes,
            double fp32,
            double fp64,
            double fp16,
            double tensor,
            String source) {
        return new GpuPeaks(
                name,
                architecture,
                multiprocessors,
                megahertz * MEGA,
                gigabytes * GIGA,
                fp32 * TERA,
                fp64 * TERA,
                fp16 * TERA,
                tensor * TERA,
                source);
    }

    /** The GPUs that a model is told for, oldest architecture first but for T4, which most students meet first. */
    public static List<GpuPeaks> all() {
        return ALL;
    }

    /** Peaks by type of arithmetic: {@code fp32}, {@code fp64}, {@code fp16}, {@code tensor}. */
    public Map<String, Double> flopsPerSecond() {
        Map<String, Double> peaks = new LinkedHashMap<>();
        for (Arithmetic type : Arithmetic.values()) {
            peaks.put(type.id(), peak(type));
        }
        return peaks;
    }

    public double peak(Arithmetic type) {
        return switch (type) {
            case FP32 -> fp32;
            case FP64 -> fp64;
            case FP16 -> fp16;
            case TENSOR -> tensor;
        };
    }
}
