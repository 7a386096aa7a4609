package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.Metric.*;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.Counting;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LineCounters;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** Counters of kernels whose counts are worked out by hand; the arithmetic is in the names. */
class CountersOfKernelsTests {

    private static final String KERNELS = Kernels.read("counted.cu");

    private static LaunchCounters counted(int which, int n, Counting counting) {
        RunOutcome outcome = run(which, n, RunSettings.defaults().withCounters(counting));
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        LaunchCounters counters = outcome.trace().launches().getFirst().counters();
        assertThat(counters).isNotNull();
        return counters;
    }

    private static RunOutcome run(int which, int n, RunSettings settings) {
        float[] x = new float[4096];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 97;
        }
        return Kernels.runText(
                Executor.LANE_LOOPS,
                KERNELS,
                Call.of(
                        "run",
                        i32(which),
                        pointer(DeviceBuffer.floats("x", DeviceBuffer.Access.IN, x)),
                        pointer(DeviceBuffer.floats("y", DeviceBuffer.Access.INOUT, new float[4096])),
                        i32(n)),
                settings);
    }

    private static Counters full(int which, int n) {
        LaunchCounters counters = counted(which, n, Counting.full());
        assertThat(counters.sampled()).isFalse();
        return counters.total();
    }

    /** The line of {@code counted.cu} that holds the marked text. */
    private static int lineOf(String text) {
        List<String> lines = KERNELS.lines().toList();
        return 1
                + IntStream.range(0, lines.size())
                        .filter(i -> lines.get(i).contains(text))
                        .findFirst()
                        .orElseThrow();
    }

    private static Counters atLine(LaunchCounters counters, String text) {
        int line = lineOf(text);
        return counters.lines().stream()
                .filter(l -> l.line() == line)
                .map(LineCounters::counters)
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Global_memory {

        @Test
        void a_coalesced_copy_of_1024_floats_moves_32_warps_times_4_sectors() {
            Counters c = full(0, 1024);

            assertThat(c.get(GLOBAL_LOAD_REQUESTS)).isEqualTo(32);
            assertThat(c.get(GLOBAL_LOAD_SECTORS)).isEqualTo(32 * 4);
            assertThat(c.get(LOAD_SECTORS_PER_REQUEST)).isEqualTo(4);
            assertThat(c.get(STORE_SECTORS_PER_REQUEST)).isEqualTo(4);
            assertThat(c.requestedBytes()).isEqualTo(2 * 4096);
            assertThat(c.compulsoryBytes()).isEqualTo(2 * 4096);
        }

        @Test
        void a_copy_with_a_stride_of_8_floats_moves_32_sectors_per_request_one_per_lane() {
            Counters c = full(1, 512);

            assertThat(c.get(LOAD_SECTORS_PER_REQUEST)).isEqualTo(32);
            assertThat(c.get(GLOBAL_LOAD_BYTES)).isEqualTo(512 * 4);
            assertThat(c.get(COMPULSORY_READ_BYTES)).isEqualTo(512 * 32);
        }

        @Test
        void a_copy_that_is_off_by_one_element_touches_5_sectors() {
            assertThat(full(2, 1024).get(LOAD_SECTORS_PER_REQUEST)).isEqualTo(5);
        }

        @Test
        void a_float4_load_of_a_warp_is_512_bytes_in_16_sectors() {
            Counters c = full(3, 1024);

            assertThat(c.get(GLOBAL_LOAD_REQUESTS)).isEqualTo(8);
            assertThat(c.get(LOAD_SECTORS_PER_REQUEST)).isEqualTo(16);
            assertThat(c.get(STORE_SECTORS_PER_REQUEST)).isEqualTo(16);
        }

        @Test
        void a_broadcast_of_one_element_is_1_sector() {
            Counters c = full(4, 1024);

            assertThat(c.get(LOAD_SECTORS_PER_REQUEST)).isEqualTo(1);
            assertThat(c.get(COMPULSORY_READ_BYTES)).isEqualTo(32);
        }

        @Test
        void the_last_warp_of_1000_elements_has_8_lanes_and_1_sector() {
            Counters c = full(0, 1000);

            assertThat(c.get(GLOBAL_LOAD_REQUESTS)).isEqualTo(32);
            assertThat(c.get(GLOBAL_LOAD_SECTORS)).isEqualTo(31 * 4 + 1);
            assertThat(c.get(GLOBAL_LOAD_BYTES)).isEqualTo(4000);
        }

        @Test
        void an_atomic_sum_in_one_place_has_31_conflicts_per_warp_and_one_by_lane_none() {
            Counters together = full(5, 256);
            Counters apart = full(6, 256);

            assertThat(together.get(GLOBAL_RED_REQUESTS)).isEqualTo(8);
            assertThat(together.get(GLOBAL_RED_SECTORS)).isEqualTo(8);
            assertThat(together.get(ATOMIC_CONFLICTS)).isEqualTo(8 * 31);
            assertThat(apart.get(ATOMIC_CONFLICTS)).isZero();
            assertThat(apart.get(GLOBAL_RED_SECTORS)).isEqualTo(8 * 4);
        }

        @Test
        void a_local_array_that_is_indexed_at_run_time_is_read_and_written_in_4_sectors_per_warp() {
            Counters c = full(7, 64);

            assertThat(c.get(LOCAL_LOAD_REQUESTS)).isEqualTo(2);
            assertThat(c.get(LOCAL_LOAD_SECTORS)).isEqualTo(2 * 4);
            assertThat(c.get(LOCAL_STORE_SECTORS) / c.get(LOCAL_STORE_REQUESTS)).isIn(4.0, 16.0);
        }

        @Test
        void an_element_that_is_written_first_is_not_read_from_dram() {
            Counters c = full(8, 1024);

            assertThat(c.get(GLOBAL_LOAD_BYTES)).isEqualTo(2 * 4096);
            assertThat(c.get(COMPULSORY_READ_BYTES)).isEqualTo(4096);
            assertThat(c.get(COMPULSORY_WRITE_BYTES)).isEqualTo(4096);
        }
    }

    @Nested
    class Shared_memory {

        @Test
        void a_transpose_through_a_32_by_32_tile_has_31_conflicts_per_read_of_a_column() {
            Counters c = full(10, 1024);

            assertThat(c.get(SHARED_LOADS)).isEqualTo(32);
            assertThat(c.get(SHARED_LOAD_CONFLICTS)).isEqualTo(32 * 31);
            assertThat(c.get(SHARED_LOAD_WAVEFRONTS)).isEqualTo(32 * 32);
            assertThat(c.get(SHARED_STORE_CONFLICTS)).isZero();
            assertThat(c.get(LOAD_SECTORS_PER_REQUEST)).isEqualTo(4);
            assertThat(c.get(STORE_SECTORS_PER_REQUEST)).isEqualTo(4);
        }

        @Test
        void a_tile_of_33_columns_has_no_conflict() {
            Counters c = full(11, 1024);

            assertThat(c.get(SHARED_LOADS)).isEqualTo(32);
            assertThat(c.get(SHARED_LOAD_CONFLICTS)).isZero();
            assertThat(c.get(SHARED_LOAD_WAVEFRONTS)).isEqualTo(32);
        }

        @Test
        void float4_reads_take_4_wavefronts_and_float2_reads_2_without_conflicts() {
            Counters c = full(12, 32);

            assertThat(atLine(counted(12, 32, Counting.full()), "four = ").get(SHARED_LOAD_WAVEFRONTS))
                    .isEqualTo(4);
            assertThat(atLine(counted(12, 32, Counting.full()), "two = ").get(SHARED_LOAD_WAVEFRONTS))
                    .isEqualTo(2);
            assertThat(c.get(SHARED_LOAD_CONFLICTS)).isZero();
        }

        @Test
        void float2_reads_16_bytes_apart_take_4_wavefronts_2_of_them_conflicts() {
            LaunchCounters c = counted(13, 32, Counting.full());

            assertThat(atLine(c, "apart = ").get(SHARED_LOAD_WAVEFRONTS)).isEqualTo(4);
            assertThat(atLine(c, "apart = ").get(SHARED_LOAD_CONFLICTS)).isEqualTo(2);
        }

        @Test
        void ldmatrix_of_4_matrices_takes_4_wavefronts_and_rows_128_bytes_apart_take_4_times_8() {
            Counters together = atLine(counted(15, 16, Counting.full()), "// four matrices");
            Counters apart = atLine(counted(15, 128, Counting.full()), "// four matrices");

            assertThat(together.get(SHARED_LOADS)).isEqualTo(1);
            assertThat(together.get(SHARED_LOAD_WAVEFRONTS)).isEqualTo(4);
            assertThat(together.get(SHARED_LOAD_CONFLICTS)).isZero();
            assertThat(apart.get(SHARED_LOADS)).isEqualTo(1);
            assertThat(apart.get(SHARED_LOAD_WAVEFRONTS)).isEqualTo(4 * 8);
            assertThat(apart.get(SHARED_LOAD_CONFLICTS)).isEqualTo(4 * 7);
        }

        @Test
        void cp_async_of_16_bytes_stores_a_row_of_512_bytes_in_4_wavefronts_and_rows_128_bytes_apart_in_32() {
            Counters together = atLine(counted(15, 16, Counting.full()), "// sixteen bytes each");
            Counters apart = atLine(counted(15, 128, Counting.full()), "// sixteen bytes each");

            assertThat(together.get(GLOBAL_LOAD_SECTORS)).isEqualTo(16);
            assertThat(together.get(SHARED_STORES)).isEqualTo(1);
            assertThat(together.get(SHARED_STORE_WAVEFRONTS)).isEqualTo(4);
            assertThat(together.get(SHARED_STORE_CONFLICTS)).isZero();
            assertThat(apart.get(SHARED_STORE_WAVEFRONTS)).isEqualTo(32);
            assertThat(apart.get(SHARED_STORE_CONFLICTS)).isEqualTo(32 - 4);
        }

        @Test
        void a_broadcast_and_two_lanes_on_one_word_are_no_conflict() {
            assertThat(full(14, 32).get(SHARED_LOAD_CONFLICTS)).isZero();
        }
    }

    @Nested
    class Control_flow {

        @Test
        void a_branch_by_warp_is_uniform() {
            Counters c = full(20, 1024);

            assertThat(c.get(BRANCH_EFFICIENCY)).isEqualTo(100);
            assertThat(c.get(ACTIVE_LANES)).isEqualTo(32);
        }

        @Test
        void a_branch_by_lane_diverges_once_in_each_of_32_warps() {
            Counters c = full(21, 1024);

            assertThat(c.get(BRANCHES_DIVERGENT)).isEqualTo(32);
            assertThat(c.get(ACTIVE_LANES)).isLessThan(32);
        }

        @Test
        void both_arms_of_a_branch_by_lane_run_with_16_lanes_and_what_follows_with_32() {
            LaunchCounters c = counted(21, 1024, Counting.full());

            assertThat(lanesStoring(c, "odd arm")).isEqualTo(16);
            assertThat(lanesStoring(c, "even arm")).isEqualTo(16);
            assertThat(lanesStoring(c, "meeting")).isEqualTo(32);
        }

        private static double lanesStoring(LaunchCounters c, String text) {
            Counters line = atLine(c, text);
            return line.get(GLOBAL_STORE_BYTES) / line.get(GLOBAL_STORE_REQUESTS) / Float.BYTES;
        }

        @Test
        void lanes_with_1_to_32_turns_of_a_loop_take_32_turns_of_16_and_a_half_lanes() {
            LaunchCounters c = counted(22, 32, Counting.full());

            assertThat(atLine(c, "turn of a lane").get(INSTRUCTIONS)).isEqualTo(32);
            assertThat(atLine(c, "turn of a lane").get(ACTIVE_LANES)).isEqualTo(16.5);
            assertThat(atLine(c, "after the loop").get(ACTIVE_LANES)).isEqualTo(32);
        }

        @Test
        void lanes_that_loop_400_times_longer_are_waited_for() {
            LaunchCounters c = counted(23, 32, Counting.full());

            assertThat(atLine(c, "behind the long loop").get(ACTIVE_LANES)).isEqualTo(32);
        }

        @Test
        void lanes_that_leave_early_are_not_waited_for() {
            LaunchCounters c = counted(24, 32, Counting.full());

            assertThat(atLine(c, "the rest").get(ACTIVE_LANES)).isEqualTo(20);
        }

        @Test
        void lanes_of_a_warp_that_spin_for_one_another_still_end() {
            assertThat(full(25, 32).get(INSTRUCTIONS)).isPositive();
        }

        @Test
        void lanes_that_part_in_a_function_meet_behind_the_call() {
            LaunchCounters c = counted(26, 32, Counting.full());

            assertThat(atLine(c, "behind the call").get(ACTIVE_LANES)).isEqualTo(32);
        }
    }

    @Nested
    class Arithmetic {

        @Test
        void a_fused_multiply_add_counts_2_and_an_addition_1() {
            Counters c = full(30, 1024);

            assertThat(c.get(FP32_FMA)).isEqualTo(1024 * 10);
            assertThat(c.get(FP32_ADD)).isEqualTo(1024);
            assertThat(c.get(FP32_MUL)).isEqualTo(1024);
            assertThat(c.get(FP32_FLOPS)).isEqualTo(1024 * (2 * 10 + 1 + 1));
            assertThat(c.flops()).isEqualTo(1024 * 22);
        }

        @Test
        void double_and_special_functions_have_counts_of_their_own() {
            Counters c = full(31, 1024);

            assertThat(c.get(FP64_FMA)).isEqualTo(1024);
            assertThat(c.get(SPECIAL)).isEqualTo(1024);
            assertThat(c.get(FP32_FLOPS)).isZero();
        }

        @Test
        void the_thread_instructions_are_those_that_the_device_always_counts() {
            RunOutcome outcome = run(21, 1024, RunSettings.defaults());
            long executed = outcome.trace().launches().getFirst().threadInstructions();

            assertThat(full(21, 1024).get(THREAD_INSTRUCTIONS)).isEqualTo(executed);
        }
    }

    @Nested
    class A_sample {

        @Test
        void of_one_block_of_four_is_scaled_to_all_and_says_so() {
            LaunchCounters sample = counted(0, 1024, Counting.sampled(1));

            assertThat(sample.sampled()).isTrue();
            assertThat(sample.countedBlocks()).isEqualTo(1);
            assertThat(sample.blocks()).isEqualTo(4);
            assertThat(sample.total()).isEqualTo(full(0, 1024));
        }

        @Test
        void takes_blocks_until_half_of_its_instructions_are_spent_but_at_least_one() {
            long oneBlock = (long) full(0, 1024).get(THREAD_INSTRUCTIONS) / 4;

            assertThat(counted(0, 1024, Counting.within(oneBlock)).countedBlocks())
                    .isEqualTo(1);
            assertThat(counted(0, 1024, Counting.within(5 * oneBlock)).countedBlocks())
                    .isEqualTo(3);
            assertThat(counted(0, 1024, Counting.within(100 * oneBlock)).sampled())
                    .isFalse();
        }

        @Test
        void too_small_for_one_block_counts_nothing() {
            RunOutcome outcome = run(0, 1024, RunSettings.defaults().withCounters(Counting.within(100)));

            assertThat(outcome.trace().launches().getFirst().counters()).isNull();
        }

        @Test
        void changes_nothing_of_the_run() {
            float[] plain = result(RunSettings.defaults());
            float[] sampled = result(RunSettings.defaults().withCounters(Counting.sampled(1)));
            float[] whole = result(RunSettings.defaults().withCounters(Counting.full()));

            assertThat(sampled).containsExactly(plain);
            assertThat(whole).containsExactly(plain);
        }

        private float[] result(RunSettings settings) {
            DeviceBuffer y = DeviceBuffer.floats("y", DeviceBuffer.Access.INOUT, new float[4096]);
            RunOutcome outcome = Kernels.runText(
                    Executor.LANE_LOOPS,
                    KERNELS,
                    Call.of(
                            "run",
                            i32(5),
                            pointer(DeviceBuffer.floats("x", DeviceBuffer.Access.IN, new float[4096])),
                            pointer(y),
                            i32(1024)),
                    settings);
            return ((RunOutcome.Completed) outcome).buffers().floats(y);
        }

        @Test
        void of_blocks_that_wait_for_one_another_counts_nothing() {
            RunOutcome outcome = run(
                    40,
                    1024,
                    RunSettings.defaults()
                            .withLimits(RunSettings.defaults().limits().withDeadline(Duration.ofMillis(1500)))
                            .withCounters(Counting.sampled(1)));

            assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
            assertThat(outcome.trace().launches().getFirst().counters()).isNull();
        }
    }

    @Test
    void lines_add_up_to_the_launch() {
        LaunchCounters c = counted(21, 1024, Counting.full());
        Counters sum = c.lines().stream().map(LineCounters::counters).reduce(Counters.none(), Counters::plus);

        for (Metric metric : List.of(INSTRUCTIONS, THREAD_INSTRUCTIONS, BRANCHES, GLOBAL_LOAD_SECTORS)) {
            assertThat(sum.get(metric)).as(metric.id()).isCloseTo(c.total().get(metric), within(1e-9));
        }
        assertThat(c.lines().getFirst().line()).isPositive();
    }
}
