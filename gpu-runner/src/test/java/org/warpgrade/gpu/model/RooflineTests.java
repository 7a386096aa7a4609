package org.warpgrade.gpu.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Metric;

class RooflineTests {

    private static final GpuPeaks T4 = named("T4");

    private static GpuPeaks named(String name) {
        return GpuPeaks.all().stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saxpy_of_a_million_elements_moves_12_megabytes_in_37_and_a_half_microseconds_of_a_t4() {
        Counters saxpy = Counters.of(
                Map.of(Metric.COMPULSORY_READ_BYTES, 8e6, Metric.COMPULSORY_WRITE_BYTES, 4e6, Metric.FP32_FLOPS, 2e6));
        Roofline roofline = Roofline.of(saxpy, T4);

        assertThat(roofline.memoryBound()).isTrue();
        assertThat(roofline.seconds()).isCloseTo(12e6 / 320e9, within(1e-12));
        assertThat(roofline.seconds() * 1e6).isCloseTo(37.5, within(1e-9));
    }

    @Test
    void a_product_of_2048_cubed_is_bound_by_arithmetic_17_gigaflops_over_8_tera_a_second() {
        double n = 2048;
        Counters gemm = Counters.of(Map.of(
                Metric.COMPULSORY_READ_BYTES, 8 * n * n,
                Metric.COMPULSORY_WRITE_BYTES, 4 * n * n,
                Metric.FP32_FLOPS, 2 * n * n * n));
        Roofline roofline = Roofline.of(gemm, T4);

        assertThat(roofline.memoryBound()).isFalse();
        assertThat(roofline.seconds()).isCloseTo(2 * n * n * n / 8.1e12, within(1e-9));
    }

    @Test
    void the_ridge_of_an_a100_is_at_9_and_a_half_operations_a_byte() {
        assertThat(Roofline.ridge(named("A100 SXM 80GB"), Arithmetic.FP32)).isCloseTo(9.56, within(0.01));
        assertThat(Roofline.ridge(named("A100 SXM 80GB"), Arithmetic.TENSOR)).isCloseTo(153.0, within(0.1));
    }

    @Test
    void the_type_of_a_kernel_is_that_of_most_of_its_operations() {
        Counters mixed = Counters.of(Map.of(Metric.FP32_FLOPS, 10, Metric.TENSOR_FLOPS, 4096));

        assertThat(Arithmetic.mostOf(mixed)).isEqualTo(Arithmetic.TENSOR);
        assertThat(Arithmetic.mostOf(Counters.none())).isEqualTo(Arithmetic.FP32);
    }

    @Test
    void a_load_of_32_sectors_keeps_the_l2_busy_8_times_as_long_as_the_same_load_of_4() {
        PipeModel strided = PipeModel.of(Counters.of(Map.of(Metric.GLOBAL_LOAD_SECTORS, 32e6)), T4);
        PipeModel coalesced = PipeModel.of(Counters.of(Map.of(Metric.GLOBAL_LOAD_SECTORS, 4e6)), T4);

        assertThat(strided.bottleneck()).isEqualTo("l2");
        assertThat(strided.seconds()).isCloseTo(32e6 / (40 * 1.59e9), within(1e-12));
        assertThat(strided.seconds() / coalesced.seconds()).isCloseTo(8, within(1e-9));
    }

    @Test
    void a_column_of_a_tile_keeps_shared_memory_busy_32_cycles_instead_of_one() {
        PipeModel conflicting =
                PipeModel.of(Counters.of(Map.of(Metric.SHARED_LOADS, 1000, Metric.SHARED_LOAD_WAVEFRONTS, 32_000)), T4);

        assertThat(conflicting.bottleneck()).isEqualTo("l1");
        assertThat(conflicting.l1()).isCloseTo(32_000 / (40 * 1.59e9), within(1e-15));
    }

    @Test
    void four_warp_instructions_are_issued_a_cycle() {
        PipeModel busy = PipeModel.of(Counters.of(Map.of(Metric.INSTRUCTIONS, 4e6)), T4);

        assertThat(busy.bottleneck()).isEqualTo("issue");
        assertThat(busy.seconds()).isCloseTo(1e6 / (40 * 1.59e9), within(1e-15));
    }

    @Test
    void the_published_fp32_peak_is_that_of_the_multiprocessors_and_the_clock() {
        assertThat(GpuPeaks.all()).allSatisfy(gpu -> {
            int lanes = PipeModel.fp32Lanes(gpu.architecture());
            assertThat(2.0 * lanes * gpu.multiprocessors() * gpu.hertz())
                    .as(gpu.name())
                    .isCloseTo(gpu.fp32(), withinPercentage(1));
        });
    }

    @Test
    void every_gpu_has_limits_for_its_multiprocessors_and_a_source() {
        assertThat(GpuPeaks.all()).allSatisfy(gpu -> {
            assertThat(SmLimits.of(gpu.architecture())).as(gpu.name()).isPresent();
            assertThat(gpu.source()).isNotEmpty();
            assertThat(gpu.flopsPerSecond()).containsOnlyKeys("fp32", "fp64", "fp16", "tensor");
            assertThat(gpu.tensor()).isGreaterThan(gpu.fp32());
            assertThat(gpu.fp64()).isLessThan(gpu.fp32());
        });
    }
}
