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
 * @param source where it was read
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

    // Read on the named pages on 2026-11-28; where a page quotes NVIDIA's document, that is named. "fp16 twice" and
    // "tensor by count"
    // are computed: half precision runs two to a lane; tensor cores times multiply-adds a clock times the boost clock.
    private static final List<GpuPeaks> ALL = List.of(
            of(
                    "T4",
                    "sm_75",
                    40,
                    1590,
                    320,
                    8.1,
                    0.254,
                    16.2,
                    65,
                    "sysrqmts.com/en/gpus/nvidia/tesla/t4: 40 SMs, 8.141 TFLOPS, 65.13 in fp16; fp16 without tensor cores twice"),
            of(
                    "V100 SXM2",
                    "sm_70",
                    80,
                    1530,
                    900,
                    15.7,
                    7.8,
                    31.4,
                    125,
                    "fudzilla.com 50832 (15.7, 7.8) and PMC10448217 table 3 (1530 MHz, 900 GB/s); fp16 twice, tensor by count: 640 x 64"),
            of(
                    "A100 SXM 80GB",
                    "sm_80",
                    108,
                    1410,
                    2039,
                    19.5,
                    9.7,
                    78,
                    312,
                    "glennklockwood.com/garden/processors/A100, quoting the A100 datasheet; fp16 from sysrqmts.com (77.97)"),
            of(
                    "RTX 3090",
                    "sm_86",
                    82,
                    1695,
                    936,
                    35.6,
                    0.556,
                    35.6,
                    71,
                    "cpu-gpu.alldbin.com: 10496 lanes, 1700 MHz, 936.2 GB/s; arithmetic by count, tensor half of GA102's 142 (not opened)"),
            of(
                    "RTX 4090",
                    "sm_89",
                    128,
                    2520,
                    1008,
                    82.6,
                    1.29,
                    82.6,
                    165.2,
                    "hmc-tech.com/gpus, RTX 4090: 128 SMs, 2.52 GHz, 82.58, 1.29, FP16-32 165.2 TFLOPS, 1.01 TB/s"),
            of(
                    "L4",
                    "sm_89",
                    58,
                    2040,
                    300,
                    30.3,
                    0.473,
                    30.3,
                    121,
                    "fpsbench.com, L4: 7,424 lanes, 2040 MHz, 300.1 GB/s, 30.29 and 0.4733 TFLOPS; tensor by count: four times fp32"),
            of(
                    "H100 SXM",
                    "sm_90",
                    132,
                    1980,
                    3350,
                    66.9,
                    33.5,
                    133.8,
                    989.4,
                    "hmc-tech.com/gpu, H100 SXM: 16,896 lanes, 1980 MHz, 66.91, 33.45, 133.82, 989.43; lzwjava.github.io: 3.35 TB/s"),
            of(
                    "H200 SXM",
                    "sm_90",
                    132,
                    1980,
                    4800,
                    66.9,
                    33.5,
                    133.8,
                    989.4,
                    "hmc-tech.com/gpu, H200 SXM: 132 SMs, 1980 MHz, 66.91; itkb.uw.cz: 4.8 TB/s, 989 dense, 34 TFLOPS fp64"),
            of(
                    "B200",
                    "sm_100",
                    148,
                    1980,
                    7700,
                    75,
                    37,
                    150,
                    2250,
                    "zdszero.github.io, quoting NVIDIA's table of HGX B200: 7.7 TB/s, 75, 37, 4500 with sparsity; SMs, clock: hmc-tech.com"),
            of(
                    "RTX 5090",
                    "sm_120",
                    170,
                    2407,
                    1792,
                    104.8,
                    1.64,
                    104.8,
                    209.5,
                    "pocketmags.com, Linux Format May 2025: 170 SMs, 2,407 MHz, 1,792 GB/s, 104 TFLOPS, 838 in fp16 with sparsity and"
                            + " fp16 sums, so a quarter with fp32 sums"));

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
