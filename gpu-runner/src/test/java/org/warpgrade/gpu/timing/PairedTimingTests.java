package org.warpgrade.gpu.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.timing.Measurement.Compared;
import org.warpgrade.gpu.timing.Measurement.Standing;

class PairedTimingTests {

    private static final int RUNS = 1000;

    private static Measurement measure(SimulatedGpu gpu, Contender candidate, Contender reference, long seed) {
        return new PairedTiming(Plan.standard(), new Random(seed), gpu::nanoTime)
                .measure(candidate, reference, Work.unknown(), Peaks.unknown());
    }

    private static Measurement measure(SimulatedGpu gpu, double candidate, double reference) {
        return measure(gpu, gpu.contender("candidate", candidate), gpu.contender("reference", reference), 1);
    }

    /** How many of many simulated comparisons are as wanted; those that do not count are left out. */
    private static double share(
            double candidate,
            double reference,
            double jitter,
            double wander,
            java.util.function.Predicate<Compared> wanted) {
        int counted = 0;
        int good = 0;
        for (int run = 0; run < RUNS; run++) {
            SimulatedGpu gpu = new SimulatedGpu(run * 7919L + 17, jitter, wander);
            Measurement result =
                    measure(gpu, gpu.contender("candidate", candidate), gpu.contender("reference", reference), run);
            if (result instanceof Compared compared) {
                counted++;
                good += wanted.test(compared) ? 1 : 0;
            }
        }
        assertThat(counted).as("comparisons that count").isGreaterThan(RUNS * 9 / 10);
        return (double) good / counted;
    }

    @Nested
    class Statistics {

        @Test
        void the_interval_covers_the_true_ratio_as_often_as_it_says_with_little_noise() {
            assertThat(share(90, 100, 0.01, 0.002, c -> c.ratio().holds(0.9))).isGreaterThanOrEqualTo(0.95);
        }

        @Test
        void the_interval_covers_the_true_ratio_as_often_as_it_says_with_much_noise_and_a_wandering_clock() {
            assertThat(share(130, 100, 0.08, 0.01, c -> c.ratio().holds(1.3))).isGreaterThanOrEqualTo(0.95);
        }

        @Test
        void equal_programs_are_not_distinguishable() {
            assertThat(share(100, 100, 0.03, 0.005, c -> c.standing() == Standing.NOT_DISTINGUISHABLE))
                    .isGreaterThanOrEqualTo(0.95);
        }

        @Test
        void a_difference_of_five_percent_is_seen() {
            assertThat(share(95, 100, 0.02, 0.005, c -> c.standing() == Standing.FASTER))
                    .isGreaterThan(0.99);
            assertThat(share(105, 100, 0.02, 0.005, c -> c.standing() == Standing.SLOWER))
                    .isGreaterThan(0.99);
        }

        @Test
        void a_steady_machine_is_rarely_taken_for_a_drifting_one() {
            int drifting = 0;
            for (int run = 0; run < RUNS; run++) {
                SimulatedGpu gpu = new SimulatedGpu(run, 0.02, 0.003);
                drifting += measure(gpu, 100, 100) instanceof Measurement.Unsteady ? 1 : 0;
            }
            assertThat(drifting).isLessThan(RUNS / 100);
        }

        @Test
        void a_machine_that_slows_down_is_found_out() {
            for (int run = 0; run < 100; run++) {
                SimulatedGpu gpu = new SimulatedGpu(run, 0.03, 0.001);
                gpu.trendPerRepetition = 0.002;
                assertThat(measure(gpu, 100, 100)).isInstanceOfSatisfying(Measurement.Unsteady.class, unsteady -> {
                    assertThat(unsteady.reason()).isEqualTo(Measurement.Unsteady.Reason.DRIFT);
                    assertThat(unsteady.words())
                            .matches("the reference became \\d+\\.\\d % slower while it was measured");
                });
            }
        }
    }

    @Nested
    class Stopping {

        @Test
        void a_quiet_machine_needs_the_least_number_of_pairs() {
            SimulatedGpu gpu = new SimulatedGpu(1, 0.0005, 0);
            assertThat(measure(gpu, 100, 100)).isInstanceOfSatisfying(Compared.class, c -> {
                assertThat(c.candidate().samples()).hasSize(15);
                assertThat(c.reference().samples()).hasSize(15);
                assertThat(c.narrow()).isTrue();
            });
        }

        @Test
        void a_noisy_one_goes_on_until_the_most() {
            SimulatedGpu gpu = new SimulatedGpu(1, 0.5, 0);
            assertThat(measure(gpu, 100, 100)).isInstanceOfSatisfying(Compared.class, c -> {
                assertThat(c.candidate().samples()).hasSize(300);
                assertThat(c.narrow()).isFalse();
            });
        }

        @Test
        void the_budget_ends_it_earlier() {
            SimulatedGpu gpu = new SimulatedGpu(1, 0.1, 0);
            Measurement result = new PairedTiming(
                            Plan.standard().withBudget(Duration.ofMillis(10)), new Random(1), gpu::nanoTime)
                    .measure(gpu.contender("a", 100), gpu.contender("b", 100), Work.unknown(), Peaks.unknown());
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Compared.class,
                            c -> assertThat(c.candidate().samples()).hasSizeBetween(30, 60));
        }

        @Test
        void too_few_pairs_are_no_measurement() {
            SimulatedGpu gpu = new SimulatedGpu(1, 0.1, 0);
            Measurement result = new PairedTiming(
                            Plan.standard().withBudget(Duration.ofSeconds(1)), new Random(1), gpu::nanoTime)
                    .measure(gpu.contender("a", 90_000), gpu.contender("b", 90_000), Work.unknown(), Peaks.unknown());
            assertThat(result)
                    .isEqualTo(new Measurement.Unsteady(
                            Measurement.Unsteady.Reason.TOO_SLOW, "only 3 pairs fitted into 1 s; an interval needs 6"));
        }
    }

    @Nested
    class Refusals {

        private final SimulatedGpu gpu = new SimulatedGpu(1, 0.001, 0);

        @Test
        void a_wrong_output_after_a_timed_part_ends_it() {
            Contender drifting = gpu.contender("student.cu", 50, (i, _, _) -> i == 9 ? "y[0] is 0 instead of 1" : null);
            assertThat(measure(gpu, drifting, gpu.contender("reference", 100), 1))
                    .isEqualTo(new Measurement.Refused(
                            Measurement.Refused.Reason.WRONG_OUTPUT, "student.cu", "y[0] is 0 instead of 1"));
        }

        @Test
        void what_is_faster_than_the_floor_is_refused() {
            Work work = new Work(1_000_000_000, 0, 0);
            Peaks peaks = new Peaks(1e12, 1e13, 0, 50L << 20);
            Measurement result = new PairedTiming(Plan.standard(), new Random(1), gpu::nanoTime)
                    .measure(gpu.contender("student.cu", 500), gpu.contender("reference", 1500), work, peaks);
            assertThat(result).isInstanceOfSatisfying(Measurement.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Measurement.Refused.Reason.FASTER_THAN_FLOOR);
                assertThat(refused.words())
                        .matches("\\d+\\.\\d\\d µs is less than this GPU needs for the work at its measured peak"
                                + " \\(1000\\.00 µs\\)");
            });
        }

        @Test
        void what_is_slower_than_the_floor_is_told_how_far() {
            Work work = new Work(1_000_000_000, 0, 0);
            Peaks peaks = new Peaks(1e12, 1e13, 0, 50L << 20);
            Measurement result = new PairedTiming(Plan.standard(), new Random(1), gpu::nanoTime)
                    .measure(gpu.contender("student.cu", 2000), gpu.contender("reference", 1500), work, peaks);
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Compared.class, c -> assertThat(c.fractionOfFloor()).isBetween(0.48, 0.52));
        }

        @Test
        void a_side_that_does_not_complete_ends_it() {
            assertThat(measure(gpu, -1, 100))
                    .isInstanceOfSatisfying(
                            Measurement.Ended.class,
                            ended -> assertThat(ended.who()).isEqualTo("candidate"));
        }

        @Test
        void lowered_clocks_make_it_worthless() {
            gpu.overheats();
            assertThat(measure(gpu, 100, 100))
                    .isEqualTo(new Measurement.Unsteady(
                            Measurement.Unsteady.Reason.THROTTLED,
                            "the GPU lowered its clocks meanwhile (hardware thermal, 91 °C)"));
        }
    }

    @Nested
    class Floors {

        private final Peaks peaks = new Peaks(2e12, 1e13, 1e14, 50_000_000);

        @Test
        void memory_binds_when_it_takes_longer() {
            assertThat(new Work(200_000_000, 0, 1e8).floorMicros(peaks)).isEqualTo(100);
        }

        @Test
        void arithmetic_binds_when_it_takes_longer() {
            assertThat(new Work(2_000_000, 0, 1e10).floorMicros(peaks)).isEqualTo(1000);
        }

        @Test
        void tensor_cores_count_where_the_task_allows_them() {
            assertThat(new Work(0, 0, 1e10, Work.Arithmetic.TENSOR_CORES).floorMicros(peaks))
                    .isEqualTo(100);
        }

        @Test
        void outputs_that_fit_into_the_l2_need_not_reach_memory() {
            assertThat(new Work(0, 50_000_000, 0).floorMicros(peaks)).isZero();
            assertThat(new Work(0, 250_000_000, 0).floorMicros(peaks)).isEqualTo(100);
        }
    }
}
