package org.warpgrade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.timing.Peaks;

/** Points for speed: only with a GPU, only for right answers, and never at the cost of who is not at fault. */
class SpeedPointsTests {

    /** 64 times 256 elements read and written: 131,072 bytes take 65.5 µs at the peak of 2 GB/s. */
    private static final String PERFORMANCE = """
            performance:
              kind: MEM
              formula: "8 * rows * cols"
              pass: 0.5
              full: 0.8
              points: 10
              problem:
                entry: softmax
                arguments: ["in:f32[rows][cols]", "out:f32[rows][cols]", "i32:rows", "i32:cols"]
                gpu: {rows: 64, cols: 256}
                model: {rows: 4, cols: 16}
            """;

    @TempDir
    private Path home;

    private final TimedFake gpu = new TimedFake();
    private Path reference;

    @BeforeEach
    void an_assignment_with_points_for_speed_and_a_reference() throws IOException {
        Path yaml = FakeCatalog.at(home).resolve("assignment.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml)
                        .replace("performance: {kind: NONE, formula: \"\", pass: 0, full: 0}\n", PERFORMANCE));
        Path ladder = Files.createDirectories(home.resolve("reference-impls/cuda/fake-softmax"));
        Files.writeString(ladder.resolve("1-naive.cu"), "// TAKES 500\n");
        reference = Files.writeString(ladder.resolve("2-fast.cu"), "// TAKES 100\n");
    }

    private GradingResult grade(String text) {
        return grade(text, gpu);
    }

    private GradingResult grade(String text, Device device) {
        try {
            Catalog catalog = Catalog.of(home);
            SpeedBench speed = device == gpu
                    ? new SpeedBench(
                            catalog, new FakeCompiler(), gpu, _ -> new Peaks(2e9, 1e12, 4e12, gpu.l2Bytes()), home)
                    : null;
            Path file = Files.writeString(home.resolve("mine.cu"), "// assignment: fake-softmax\n// " + text + "\n");
            return new Grading(catalog, new FakeCompiler(), device, _ -> FakeCatalog.checks(), speed)
                    .run(GradingRequest.of(file));
        } catch (IOException | IntakeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SpeedPoints points(GradingResult result) {
        return Objects.requireNonNull(
                Objects.requireNonNull(result.performance()).points());
    }

    @Nested
    class With_a_gpu {

        @Test
        void a_right_answer_earns_by_its_fraction_of_the_copy_kernel() {
            GradingResult result = grade("TAKES 100");

            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.score()).isEqualTo(new Score(108, 110));
            assertThat(points(result).message().en())
                    .isEqualTo(
                            "100.0 µs, 66 % of what a copy kernel reached here in the same run (half of the points at 50 %,"
                                    + " all at 80 %); not distinguishable from the reference (1.00–1.00 of its time).");
            assertThat(points(result).message().zh())
                    .isEqualTo("100.0 µs，达到同次运行中拷贝内核实测速度的 66%（50% 得一半分，80% 得满分）；与参考实现无法区分（用时之比 1.00–1.00）。");
        }

        @Test
        void the_measurement_is_in_the_result_under_a_roof_of_what_was_measured() {
            PerformanceInfo performance =
                    Objects.requireNonNull(grade("TAKES 80").performance());

            assertThat(performance.kind()).isEqualTo("measured");
            assertThat(performance.problem()).isEqualTo("rows=64 cols=256");
            assertThat(performance.metrics())
                    .containsEntry("medianMicros", 80.0)
                    .containsEntry("referenceMicros", 100.0)
                    .containsEntry("pairs", 15.0);
            assertThat(performance.metrics().get("timeToReference")).isBetween(0.7999, 0.8001);
            assertThat(performance.roofs()).singleElement().satisfies(roof -> {
                assertThat(roof.gpu()).isEqualTo("Fake GPU");
                assertThat(roof.bytesPerSecond()).isEqualTo(2e9);
            });
            assertThat(performance.kernels()).singleElement().satisfies(kernel -> {
                assertThat(kernel.displayName()).isEqualTo("softmax");
                assertThat(kernel.compulsoryBytes()).isEqualTo(131_072);
            });
        }

        @Test
        void a_slow_right_answer_has_passed_without_points() {
            GradingResult result = grade("TAKES 400");

            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.score()).isEqualTo(new Score(100, 110));
            assertThat(points(result).message().en()).contains("4.00 (4.00–4.00) times as long as the reference.");
        }

        @Test
        void a_wrong_answer_is_not_timed_and_the_points_stay_possible() {
            GradingResult result = grade("WRONG TAKES 70");

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.score().possible()).isEqualTo(110);
            assertThat(points(result).message().en()).isEqualTo("Speed is measured once all checks pass.");
            assertThat(gpu.repetitions).isZero();
        }

        @Test
        void outputs_that_are_wrong_when_timed_earn_nothing() {
            SpeedPoints points = points(grade("DRIFTS TAKES 70"));

            assertThat(points.assessed()).isTrue();
            assertThat(points.earned()).isZero();
            assertThat(points.message().en())
                    .isEqualTo(
                            "No time counts: when it was timed, buffer2[64, 256] does not hold what the reference computes"
                                    + " from the same inputs.");
        }

        @Test
        void faster_than_possible_earns_nothing() {
            assertThat(points(grade("TAKES 20")))
                    .satisfies(points -> assertThat(points.earned()).isZero())
                    .satisfies(points -> assertThat(points.message().en())
                            .isEqualTo(
                                    "No time counts: 20.00 µs is less than this GPU needs for the work at its measured peak"
                                            + " (32.77 µs)."));
        }

        @Test
        void host_work_between_launches_earns_nothing() {
            assertThat(points(grade("HOST")).message().en())
                    .isEqualTo("No time counts: the entry copies results to the host.");
        }

        @Test
        void a_fault_on_the_larger_problem_earns_nothing_and_changes_no_verdict() {
            GradingResult result = grade("FAULTS");

            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.score()).isEqualTo(new Score(100, 110));
            assertThat(points(result).message().en())
                    .isEqualTo("It did not get through the problem that is timed: writes past the end of y.");
        }
    }

    @Nested
    class Nobodys_fault {

        private void notAssessed(GradingResult result, String message) {
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.score()).isEqualTo(new Score(100, 100));
            assertThat(points(result)).satisfies(points -> {
                assertThat(points.assessed()).isFalse();
                assertThat(points.possible()).isEqualTo(10);
                assertThat(points.message().en()).isEqualTo(message);
            });
        }

        @Test
        void without_a_gpu_there_are_no_such_points() {
            notAssessed(
                    grade("", FakeDevice.running(Softmax::right)),
                    "Points for speed exist only on the cuda device; they are not assessed here and not part of the score.");
        }

        @Test
        void a_gpu_that_is_lost_costs_nothing() {
            notAssessed(grade("LOST"), "Not assessed, the measurement itself failed: the GPU is gone.");
        }

        @Test
        void a_gpu_that_throttles_costs_nothing() {
            gpu.overheats();
            notAssessed(
                    grade("TAKES 100"),
                    "Not assessed, the GPU was not steady: the GPU lowered its clocks meanwhile (hardware thermal, 91 °C).");
        }

        @Test
        void a_reference_that_fails_costs_nothing() throws IOException {
            Files.writeString(reference, "// HOST\n");
            notAssessed(
                    grade("TAKES 100"),
                    "Speed could not be measured: the reference cannot be timed: the entry copies results to the host.");
        }

        @Test
        void an_assignment_without_references_costs_nothing() throws IOException {
            Files.delete(reference);
            Files.delete(reference.resolveSibling("1-naive.cu"));
            notAssessed(
                    grade("TAKES 100"),
                    "Speed is not measured: fake-softmax has no problem or no reference to measure with.");
        }
    }
}
