package org.warpgrade.gpu.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the CUDA toolkit's occupancy calculator, and of {@code cudaOccupancyMaxActiveBlocksPerMultiprocessor}. */
class OccupancyTests {

    @ParameterizedTest
    @CsvSource({
        // arch, threads, registers, shared, blocks, fraction, limiter
        "sm_70, 256, 32, 0,      8, 1.0,    WARPS",
        "sm_70, 256, 64, 0,      4, 0.5,    REGISTERS",
        "sm_70, 128, 33, 0,     12, 0.75,   REGISTERS",
        "sm_75, 256, 64, 0,      4, 1.0,    WARPS",
        "sm_75, 32,  16, 0,     16, 0.5,    BLOCKS",
        "sm_80, 256, 32, 0,      8, 1.0,    WARPS",
        "sm_80, 32,  16, 0,     32, 0.5,    BLOCKS",
        "sm_80, 1024, 64, 0,     1, 0.5,    REGISTERS",
        "sm_80, 256, 32, 32768,  4, 0.5,    SHARED_MEMORY",
        "sm_80, 256, 255, 0,     1, 0.125,  REGISTERS",
        "sm_86, 256, 32, 0,      6, 1.0,    WARPS",
        "sm_86, 1024, 32, 0,     1, 0.6667, WARPS",
        "sm_86, 128, 24, 49152,  2, 0.1667, SHARED_MEMORY",
        "sm_89, 64,  16, 0,     24, 1.0,    WARPS",
        "sm_89, 32,  16, 0,     24, 0.5,    BLOCKS",
        "sm_90, 256, 40, 0,      6, 0.75,   REGISTERS",
        "sm_90, 512, 32, 65536,  3, 0.75,   SHARED_MEMORY",
    })
    void agrees_with_the_published_calculator(
            String architecture,
            int threads,
            int registers,
            int shared,
            int blocks,
            double fraction,
            Occupancy.Limiter limiter) {
        Occupancy occupancy = Occupancy.of(SmLimits.of(architecture).orElseThrow(), threads, registers, shared);

        assertThat(occupancy.blocks()).isEqualTo(blocks);
        assertThat(occupancy.fraction()).isCloseTo(fraction, within(1e-4));
        assertThat(occupancy.limiter()).isEqualTo(limiter);
    }

    @Test
    void a_partial_warp_takes_a_whole_one() {
        SmLimits ampere = SmLimits.of("sm_80").orElseThrow();

        assertThat(Occupancy.of(ampere, 33, 32, 0).warps())
                .isEqualTo(Occupancy.of(ampere, 64, 32, 0).warps());
    }

    @Test
    void shared_memory_reserved_by_the_system_counts_from_sm_80_on() {
        assertThat(Occupancy.of(SmLimits.of("sm_70").orElseThrow(), 128, 16, 48 * 1024).blocks()).isEqualTo(2);
        assertThat(Occupancy.of(SmLimits.of("sm_80").orElseThrow(), 128, 16, 82 * 1024).blocks()).isEqualTo(1);
        assertThat(Occupancy.of(SmLimits.of("sm_80").orElseThrow(), 128, 16, 81 * 1024).blocks()).isEqualTo(2);
    }

    @Test
    void what_cannot_run_has_no_occupancy() {
        SmLimits ampere = SmLimits.of("sm_80").orElseThrow();

        assertThat(Occupancy.of(ampere, 1024, 128, 0)).isEqualTo(new Occupancy(0, 0, 0, Occupancy.Limiter.DOES_NOT_FIT));
        assertThat(Occupancy.of(ampere, 128, 32, 164 * 1024).limiter()).isEqualTo(Occupancy.Limiter.DOES_NOT_FIT);
        assertThat(Occupancy.of(ampere, 1025, 16, 0).limiter()).isEqualTo(Occupancy.Limiter.DOES_NOT_FIT);
    }

    @Test
    void limiters_have_words() {
        assertThat(Occupancy.Limiter.SHARED_MEMORY.words()).isEqualTo("shared memory");
    }
}
