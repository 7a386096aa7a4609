package org.warpgrade.engine.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Assignment.Problem;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LaunchRecord;
import org.warpgrade.gpu.LineCounters;
import org.warpgrade.gpu.Metric;

class ProblemCountTests {

    private static LaunchRecord launch(String kernel, long instructions, @Nullable LaunchCounters counters) {
        return new LaunchRecord(
                kernel,
                kernel,
                null,
                new Dim3(4, 1, 1),
                new Dim3(64, 1, 1),
                0,
                new byte[0],
                instructions,
                10,
                1,
                counters);
    }

    private static LaunchCounters counters(double instructions, double loads) {
        Counters all =
                Counters.of(Map.of(Metric.THREAD_INSTRUCTIONS, instructions, Metric.GLOBAL_LOAD_REQUESTS, loads));
        return new LaunchCounters(all, List.of(new LineCounters(7, all)), 2, 4);
    }

    @Nested
    class A_problem {

        private final Problem problem = new Problem(
                "f",
                List.of(
                        "in:f32[rows][cols]",
                        "inout:i32[rows]",
                        "out:u8[2]",
                        "null",
                        "i32:rows",
                        "i64:cols",
                        "f32:1e-5",
                        "{in:f32[cols], {i32:3}}",
                        "host{f64:rows}"),
                Map.of("rows", 1000, "cols", 2000),
                Map.of("rows", 3, "cols", 5));

        private final Call call = ProblemCall.of(problem, problem.model(), 1);

        private DeviceBuffer buffer(int argument) {
            return ((Argument.Pointer) call.arguments().get(argument)).buffer();
        }

        @Test
        void becomes_a_call_with_buffers_of_its_sizes() {
            assertThat(call.entry()).isEqualTo("f");
            assertThat(buffer(0).shape()).containsExactly(3, 5);
            assertThat(buffer(0).access()).isEqualTo(DeviceBuffer.Access.IN);
            assertThat(buffer(1).access()).isEqualTo(DeviceBuffer.Access.INOUT);
            assertThat(buffer(2).bytes()).isEqualTo(2);
            assertThat(call.arguments().get(3)).isEqualTo(new Argument.Null());
        }

        @Test
        void names_of_sizes_stand_for_their_values() {
            assertThat(call.arguments().get(4)).usingRecursiveComparison().isEqualTo(Argument.i32(3));
            assertThat(call.arguments().get(5)).usingRecursiveComparison().isEqualTo(Argument.i64(5));
            assertThat(call.arguments().get(6)).usingRecursiveComparison().isEqualTo(Argument.f32(1e-5f));
            assertThat(call.arguments().get(8))
                    .usingRecursiveComparison()
                    .isEqualTo(new Argument.HostPointer(Argument.struct(Argument.f64(3))));
        }

        @Test
        void may_hold_structs_in_structs() {
            Argument.Struct struct = (Argument.Struct) call.arguments().get(7);

            assertThat(struct.fields().get(0)).isInstanceOf(Argument.Pointer.class);
            assertThat(struct.fields().get(1)).usingRecursiveComparison().isEqualTo(Argument.struct(Argument.i32(3)));
        }

        @Test
        void has_the_same_inputs_every_time_and_others_with_another_seed() {
            assertThat(((Argument.Pointer) ProblemCall.of(problem, problem.model(), 1)
                                    .arguments()
                                    .getFirst())
                            .buffer()
                            .initial())
                    .isEqualTo(buffer(0).initial());
            assertThat(((Argument.Pointer) ProblemCall.of(problem, problem.model(), 2)
                                    .arguments()
                                    .getFirst())
                            .buffer()
                            .initial())
                    .isNotEqualTo(buffer(0).initial());
        }
    }

    @Nested
    class Kernels {

        @Test
        void launches_of_one_kernel_are_added_up_line_by_line() {
            List<KernelCount> kernels = KernelCount.of(List.of(
                    launch("a", 100, counters(100, 3)),
                    launch("a", 50, counters(50, 2)),
                    launch("b", 9, counters(9, 1))));

            assertThat(kernels).extracting(KernelCount::name).containsExactly("a", "b");
            KernelCount a = kernels.getFirst();
            assertThat(a.launches()).isEqualTo(2);
            assertThat(a.total().get(Metric.GLOBAL_LOAD_REQUESTS)).isEqualTo(5);
            assertThat(a.lines().getFirst().counters()).isEqualTo(a.total());
            assertThat(a.blocks()).isEqualTo(8);
            assertThat(a.countedBlocks()).isEqualTo(4);
            assertThat(a.longestThread()).isEqualTo(20);
        }

        @Test
        void a_launch_that_was_not_counted_counts_as_the_others_for_each_instruction() {
            List<KernelCount> kernels =
                    KernelCount.of(List.of(launch("a", 100, counters(100, 4)), launch("a", 50, null)));

            assertThat(kernels.getFirst().launches()).isEqualTo(2);
            assertThat(kernels.getFirst().total().get(Metric.GLOBAL_LOAD_REQUESTS))
                    .isCloseTo(6, within(1e-9));
            assertThat(kernels.getFirst().countedBlocks()).isEqualTo(2);
            assertThat(kernels.getFirst().blocks()).isEqualTo(8);
        }

        @Test
        void a_kernel_of_which_nothing_was_counted_is_absent() {
            assertThat(KernelCount.of(List.of(launch("a", 100, null)))).isEmpty();
        }
    }

    @Nested
    class The_model {

        private final Counters saxpy = Counters.of(Map.of(
                Metric.COMPULSORY_READ_BYTES, 8e6,
                Metric.COMPULSORY_WRITE_BYTES, 4e6,
                Metric.GLOBAL_LOAD_BYTES, 16e6,
                Metric.INSTRUCTIONS, 1000,
                Metric.FP32_FLOPS, 2e6));

        private ProblemCount count(double factor) {
            KernelCount kernel = new KernelCount("_Zk", "k", 1, 256, 0, 10, saxpy.times(factor), List.of(), 4, 4);
            return new ProblemCount("n=1000000", List.of(kernel), true, 1, 0);
        }

        @Test
        void tells_the_place_of_each_kernel_under_the_roofs() {
            PerformanceInfo model = PerformanceModel.of(count(1), null);

            assertThat(model.kind()).isEqualTo("model");
            assertThat(model.problem()).isEqualTo("n=1000000");
            assertThat(model.roofs()).hasSizeGreaterThanOrEqualTo(8);
            KernelPoint point = model.kernels().getFirst();
            assertThat(point.type()).isEqualTo("fp32");
            assertThat(point.intensity()).isCloseTo(2e6 / 12e6, within(1e-12));
            assertThat(point.metrics().get("floorMicros.T4")).isCloseTo(37.5, within(1e-9));
            assertThat(model.metrics()).doesNotContainKey("bytesToReference");
        }

        @Test
        void compares_with_the_reference() {
            PerformanceInfo model = PerformanceModel.of(count(3), count(1));

            assertThat(model.metrics())
                    .containsEntry("bytesToReference", 3.0)
                    .containsEntry("requestedBytesToReference", 3.0)
                    .containsEntry("instructionsToReference", 3.0);
        }
    }

    @Nested
    class A_saved_run {

        private final BenchReport.Entry entry = new BenchReport.Entry(
                "a.cu",
                "ab",
                "op-softmax",
                "rows=4",
                true,
                Map.of("flops", 12.5),
                Map.of("k", Map.of("launches", 1.0)),
                Map.of("candidate", List.of(3.5, 3.25)),
                "");

        private final BenchReport report =
                new BenchReport(BenchReport.SCHEMA, "measured", "cuda", "NVIDIA H200", List.of(entry));

        @Test
        void can_be_read_back() {
            assertThat(BenchReport.read(report.json())).isEqualTo(report);
        }

        @Test
        void finds_the_older_entry_by_name_or_as_the_only_one_of_its_assignment() {
            BenchReport.Entry renamed =
                    new BenchReport.Entry("b.cu", "cd", "op-softmax", "rows=4", true, Map.of(), Map.of(), Map.of(), "");
            BenchReport.Entry other =
                    new BenchReport.Entry("a.cu", "cd", "cuda-gemm", "", true, Map.of(), Map.of(), Map.of(), "");

            assertThat(report.counterpart(renamed)).contains(entry);
            assertThat(report.counterpart(other)).isEmpty();
        }

        @Test
        void something_else_is_refused_with_the_reason() {
            assertThatThrownBy(() -> BenchReport.read("[]")).hasMessage("this is no saved run of bench, schema 1");
            assertThatThrownBy(() -> BenchReport.read("{")).hasMessageStartingWith("not JSON: ");
        }
    }
}
