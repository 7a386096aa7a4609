package org.warpgrade.gpu.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Occupancy as NVIDIA's tools and guides have it. */
class OccupancyTests {

    /**
     * Each row with where it was published: [BPG] CUDA C++ Best Practices Guide, section "Calculating Occupancy"; [ncu] the
     * Occupancy section of an Nsight Compute report of a real run, which is NVIDIA's calculator, named by the GPU; [occ]
     * {@code cudaOccupancyMaxActiveBlocksPerMultiprocessor} as printed by a program on that GPU; [K] the calculator's value
     * as worked out in kokkos pull request 5739.
     */
    @ParameterizedTest
    @CsvSource({
        // arch, threads, registers, shared bytes, blocks, fraction, limiter, source
        "sm_70,  128,  37, 0,      12, 0.75,   REGISTERS,     [BPG] compute capability 7.0",
        "sm_70,  320,  37, 0,       4, 0.625,  REGISTERS,     [BPG] compute capability 7.0",
        "sm_70,  128,  21, 0,      16, 1.0,    WARPS,         [ncu] V100",
        "sm_75,  256,  16, 0,       4, 1.0,    WARPS,         [ncu] T4",
        "sm_75,  256,  24, 0,       4, 1.0,    WARPS,         [ncu] T4",
        "sm_75,  256,  32, 0,       4, 1.0,    WARPS,         [ncu] T4",
        "sm_75,  128,  64, 26620,   2, 0.25,   SHARED_MEMORY, [ncu] T4",
        "sm_80,  256,  16, 0,       8, 1.0,    WARPS,         [ncu] A100",
        "sm_80,  256,  26, 0,       8, 1.0,    WARPS,         [ncu] A100",
        "sm_80,  512,  46, 0,       2, 0.5,    REGISTERS,     [ncu] A800",
        "sm_80,  256, 123, 8190,    2, 0.25,   REGISTERS,     [ncu] A800",
        "sm_80,  224,  92, 0,       2, 0.2188, REGISTERS,     [K] 21 warps by registers are 20 in units of 4",
        "sm_86,  256,  16, 0,       6, 1.0,    WARPS,         [ncu] 48 warps and 16 blocks per SM",
        "sm_86,   32,  16, 0,      16, 0.3333, BLOCKS,        [ncu] RTX 3060 Ti",
        "sm_86,  256, 128, 32770,   2, 0.3333, REGISTERS,     [ncu] 48 warps per SM",
        "sm_86,  256, 128, 65540,   1, 0.1667, SHARED_MEMORY, [ncu] 48 warps per SM",
        "sm_89, 1024,  56, 0,       1, 0.6667, WARPS,         [ncu] RTX 4060; registers bind as well",
        "sm_89,  512,  22, 0,       3, 1.0,    WARPS,         [ncu] 48 warps per SM",
        "sm_89,  512,  54, 29820,   2, 0.6667, REGISTERS,     [ncu] L4",
        "sm_89,  128,  80, 43780,   2, 0.1667, SHARED_MEMORY, [ncu] L4",
        "sm_90, 1024,  31, 12290,   2, 1.0,    WARPS,         [ncu] H100; 62.06 waves of 16384 blocks on 132 SMs",
        "sm_90,  256, 255, 133120,  1, 0.125,  REGISTERS,     [ncu] H20; shared memory binds as well",
        "sm_90,  256, 240, 113000,  1, 0.125,  REGISTERS,     [ncu] H100",
        "sm_90,  128, 167, 40000,   3, 0.1875, REGISTERS,     [ncu] H100",
        "sm_90,  128, 255, 0,       2, 0.125,  REGISTERS,     [ncu] 64 warps per SM",
        "sm_90,  256,  96, 0,       2, 0.25,   REGISTERS,     [occ] H100 80GB HBM3",
        "sm_90,  256,  64, 0,       4, 0.5,    REGISTERS,     [occ] H100 80GB HBM3",
        "sm_90,  256,  32, 0,       8, 1.0,    WARPS,         [occ] H100 80GB HBM3",
        "sm_90,  256,  14, 0,       8, 1.0,    WARPS,         [occ] H100 80GB HBM3",
        "sm_100, 128, 255, 98400,   2, 0.125,  REGISTERS,     [ncu] B200; shared memory binds as well",
    })
    void agrees_with_the_published_calculator(
            String architecture,
            int threads,
            int registers,
            int shared,
            int blocks,
            double fraction,
            Occupancy.Limiter limiter,
            String source) {
        Occupancy occupancy = Occupancy.of(SmLimits.of(architecture).orElseThrow(), threads, registers, shared);

        assertThat(occupancy.blocks()).as(source).isEqualTo(blocks);
        assertThat(occupancy.fraction()).isCloseTo(fraction, within(1e-4));
        assertThat(occupancy.limiter()).isEqualTo(limiter);
    }

    /** Worked out by hand from the limits, for what no published report was found of. */
    @ParameterizedTest
    @CsvSource({
        "sm_75,  256,  64, 0,      4, 1.0,    WARPS",
        "sm_75,   32,  16, 0,     16, 0.5,    BLOCKS",
        "sm_80,   32,  16, 0,     32, 0.5,    BLOCKS",
        "sm_80, 1024,  64, 0,      1, 0.5,    REGISTERS",
        "sm_80,  256,  32, 32768,  4, 0.5,    SHARED_MEMORY",
        "sm_89,   64,  16, 0,     24, 1.0,    WARPS",
        "sm_90,  512,  32, 65536,  3, 0.75,   SHARED_MEMORY",
        "sm_120,  64,  16, 0,     24, 1.0,    WARPS",
        "sm_120, 256,  32, 32768,  3, 0.5,    SHARED_MEMORY",
    })
    void follows_from_the_limits(
            String architecture,
            int threads,
            int registers,
            int shared,
            int blocks,
            double fraction,
            Occupancy.Limiter limiter) {
        agrees_with_the_published_calculator(
                architecture, threads, registers, shared, blocks, fraction, limiter, "by hand");
    }

    @Test
    void a_partial_warp_takes_a_whole_one() {
        SmLimits ampere = SmLimits.of("sm_80").orElseThrow();

        assertThat(Occupancy.of(ampere, 33, 32, 0).warps())
                .isEqualTo(Occupancy.of(ampere, 64, 32, 0).warps());
    }

    @Test
    void shared_memory_reserved_by_the_system_counts_from_sm_80_on() {
        assertThat(Occupancy.of(SmLimits.of("sm_70").orElseThrow(), 128, 16, 48 * 1024)
                        .blocks())
                .isEqualTo(2);
        assertThat(Occupancy.of(SmLimits.of("sm_80").orElseThrow(), 128, 16, 82 * 1024)
                        .blocks())
                .isEqualTo(1);
        assertThat(Occupancy.of(SmLimits.of("sm_80").orElseThrow(), 128, 16, 81 * 1024)
                        .blocks())
                .isEqualTo(2);
    }

    @Test
    void what_cannot_run_has_no_occupancy() {
        SmLimits ampere = SmLimits.of("sm_80").orElseThrow();

        assertThat(Occupancy.of(ampere, 1024, 128, 0))
                .isEqualTo(new Occupancy(0, 0, 0, Occupancy.Limiter.DOES_NOT_FIT));
        assertThat(Occupancy.of(ampere, 128, 32, 164 * 1024).limiter()).isEqualTo(Occupancy.Limiter.DOES_NOT_FIT);
        assertThat(Occupancy.of(ampere, 1025, 16, 0).limiter()).isEqualTo(Occupancy.Limiter.DOES_NOT_FIT);
    }

    @Test
    void limiters_have_words() {
        assertThat(Occupancy.Limiter.SHARED_MEMORY.words()).isEqualTo("shared memory");
    }
}
