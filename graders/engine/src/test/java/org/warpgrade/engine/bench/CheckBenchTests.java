package org.warpgrade.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.FakeDevice;
import org.warpgrade.engine.Softmax;
import org.warpgrade.engine.check.Bench;
import org.warpgrade.engine.check.CheckFailure;
import org.warpgrade.engine.check.CounterAssert;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.check.Hypothesis;
import org.warpgrade.engine.check.Run;
import org.warpgrade.engine.check.Tolerance;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.Counters;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.LaunchCounters;
import org.warpgrade.gpu.LineCounters;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.RunTrace;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.reference.oracle.OracleTensor;

class CheckBenchTests {

    private static final float[] X = {1, 2, 3, 4, 0, -1};

    private final CheckRecord record = new CheckRecord();

    private Bench bench(FakeDevice device, Visibility visibility) {
        return bench(device, visibility, TimeBudget.standard());
    }

    private Bench bench(FakeDevice device, Visibility visibility, TimeBudget budget) {
        return new CheckBench(
                Softmax.assignment(), Softmax.check("H1", visibility), Softmax.PROGRAM, device, 7, budget, record);
    }

    private static final class Case {
        private final DeviceBuffer x = DeviceBuffer.floats("x", Access.IN, X, 2, 3);
        private final DeviceBuffer y = DeviceBuffer.output("y", ElementType.F32, 2, 3);

        Run run(Bench bench) {
            return bench.run("small rows", "rows=2 cols=3", Call.of("softmax", pointer(x), pointer(y), i32(2), i32(3)));
        }

        void check(Bench bench, Hypothesis... hypotheses) {
            run(bench).assertThat(y).isCloseTo(Softmax.oracle(X, 2, 3), Tolerance.elem(1e-7, 1e-5), hypotheses);
        }
    }

    private static CheckFailure failing(Bench bench, Hypothesis... hypotheses) {
        return catchThrowableOfType(CheckFailure.class, () -> new Case().check(bench, hypotheses));
    }

    private static Finding finding(FindingKind kind, Severity severity, String message) {
        return new Finding(
                kind,
                severity,
                new SourceLocation("softmax.cu", 12, 0),
                "softmax_kernel",
                new Dim3(1, 0, 0),
                new Dim3(33, 0, 0),
                message);
    }

    @Nested
    class A_right_submission {

        @Test
        void passes_and_leaves_its_margin() {
            new Case().check(bench(FakeDevice.running(Softmax::right), Visibility.PUBLIC));

            assertThat(record.worstRatio())
                    .as("each value is the nearest float")
                    .isZero();
            assertThat(record.runs()).isEqualTo(1);
            assertThat(record.kernels().get("_Z14softmax_kernelPKfPfii").launches())
                    .isEqualTo(1);
        }

        @Test
        void leaves_the_largest_error_over_its_bound() {
            FakeDevice device = FakeDevice.running(memory -> {
                Softmax.right(memory);
                memory.at(1).putFloat(0, memory.at(1).getFloat(0) + 5e-7f);
            });

            new Case().check(bench(device, Visibility.PUBLIC));

            assertThat(record.worstRatio()).isBetween(0.49, 0.51);
        }

        @Test
        void runs_on_two_poisons_and_two_schedules() {
            List<RunSettings> seen = Collections.synchronizedList(new ArrayList<>());
            FakeDevice device = FakeDevice.running(memory -> {
                seen.add(memory.settings());
                Softmax.right(memory);
            });

            new Case().check(bench(device, Visibility.PUBLIC));

            assertThat(seen).extracting(RunSettings::poison).containsExactly(Poison.SIGNALLING_NAN, Poison.CD_BYTES);
            assertThat(seen.get(0).schedule()).isZero();
            assertThat(seen.get(1).schedule()).isNotZero();
        }

        @Test
        void runs_a_long_case_twice_as_well_but_unwatched() {
            List<RunSettings> seen = new ArrayList<>();
            FakeDevice device = FakeDevice.running(memory -> {
                seen.add(memory.settings());
                memory.executed(45_000_000);
                Softmax.right(memory);
            });

            new Case().check(bench(device, Visibility.PUBLIC));

            assertThat(seen).extracting(RunSettings::sanitize).containsExactly(false, false);
            assertThat(record.watched()).isEmpty();
            assertThat(record.unwatched()).hasSize(1);
            assertThat(record.unwatched().values().iterator().next().watch().get())
                    .isEmpty();
            assertThat(seen.getLast().sanitize()).isTrue();
        }

        @Test
        void may_write_nan_where_the_oracle_says_so() {
            DeviceBuffer y = DeviceBuffer.output("y", ElementType.F32, 2);
            Run run = bench(
                            FakeDevice.running(m -> m.at(0).putFloat(Float.NaN).putFloat(Float.POSITIVE_INFINITY)),
                            Visibility.PUBLIC)
                    .run("f", "c", Call.of("softmax", pointer(y)));

            run.assertThat(y)
                    .isCloseTo(
                            OracleTensor.of("y", new double[] {Double.NaN, Double.POSITIVE_INFINITY}, 2),
                            Tolerance.elem());
            assertThatThrownBy(() -> run.assertThat(y)
                            .isCloseTo(
                                    OracleTensor.of("y", new double[] {1e30, Double.POSITIVE_INFINITY}, 2),
                                    Tolerance.net(1e30)))
                    .isInstanceOf(CheckFailure.class);
            assertThatThrownBy(() -> run.assertThat(y)
                            .isCloseTo(
                                    OracleTensor.of("y", new double[] {Double.NaN, Double.NEGATIVE_INFINITY}, 2),
                                    Tolerance.elem()))
                    .isInstanceOf(CheckFailure.class);
        }
    }

    @Nested
    class A_wrong_tensor {

        private final FakeDevice doubled = FakeDevice.running(memory -> {
            Softmax.right(memory);
            for (int i = 0; i < 6; i++) {
                memory.at(1).putFloat(4 * i, 2 * memory.at(1).getFloat(4 * i));
            }
        });

        @Test
        void is_told_in_full_in_a_public_check() {
            CheckFailure failure = failing(bench(doubled, Visibility.PUBLIC));

            assertThat(failure.status()).isEqualTo(CheckStatus.FAILED);
            assertThat(failure.text().en())
                    .isEqualTo("Case small rows, rows=2 cols=3. y[0][0] = 0.18006115, expected 0.09003057 (error 0.090,"
                            + " allowed 1.0e-06). 6 of 6 elements are wrong: all elements; each is 2 times the expected"
                            + " value. Last written by softmax_kernel, block (0,0,0) thread (0,0,0).");
            assertThat(failure.text().zh())
                    .isEqualTo("用例 small rows，rows=2 cols=3。y[0][0] = 0.18006115，应为 0.09003057（误差 0.090，允许"
                            + " 1.0e-06）。6 个元素中有 6 个错误：所有元素；每个值都是期望值的 2 倍。最后写入者：softmax_kernel，线程块"
                            + " (0,0,0) 线程 (0,0,0)。");
        }

        @Test
        void is_told_without_data_in_a_hidden_check() {
            CheckFailure failure = failing(bench(doubled, Visibility.HIDDEN));

            assertThat(failure.text().en())
                    .isEqualTo("Case small rows. y[0][0] is the first wrong element. 6 of 6 elements are wrong: all"
                            + " elements; each is 2 times the expected value. Last written by softmax_kernel, block (0,0,0)"
                            + " thread (0,0,0).");
            assertThat(failure.text().zh())
                    .isEqualTo("用例 small rows。第一个错误的元素是 y[0][0]。6 个元素中有 6 个错误：所有元素；每个值都是期望值的 2"
                            + " 倍。最后写入者：softmax_kernel，线程块 (0,0,0) 线程 (0,0,0)。");
        }

        @Test
        void carries_the_numbers() {
            var diagnosis = failing(bench(doubled, Visibility.HIDDEN)).diagnosis();

            assertThat(diagnosis).isNotNull();
            assertThat(diagnosis.shape()).containsExactly(2, 3);
            assertThat(diagnosis.coordinate()).containsExactly(0, 0);
            assertThat(diagnosis.expected()).isCloseTo(0.0900306, within(1e-6));
            assertThat(diagnosis.wrong()).isEqualTo(6);
            assertThat(diagnosis.map()).containsOnly(1.0).hasSize(6);
            assertThat(diagnosis.mapRows()).isEqualTo(2);
            assertThat(diagnosis.tolerance()).isEqualTo("|y-o| <= 1e-7 + 1e-5 |o|");
            assertThat(diagnosis.family()).isEqualTo("small rows");
            assertThat(diagnosis.caseLabel()).isEqualTo("rows=2 cols=3");
        }

        @Test
        void names_the_mistake_that_explains_it() {
            OracleTensor right = Softmax.oracle(X, 2, 3);
            double[] twice = Arrays.stream(right.values()).map(v -> 2 * v).toArray();
            double[] thrice = Arrays.stream(right.values()).map(v -> 3 * v).toArray();

            CheckFailure failure = failing(
                    bench(doubled, Visibility.HIDDEN),
                    Hypothesis.of("three times", "三倍", () -> OracleTensor.of("y", thrice, 2, 3)),
                    Hypothesis.of("is every term added twice?", "每一项是否加了两次？", () -> OracleTensor.of("y", twice, 2, 3)));

            assertThat(failure.text().en()).contains(" Likely cause: is every term added twice? Last written by");
            assertThat(failure.text().zh()).contains("可能的原因：每一项是否加了两次？最后写入者：");
        }

        @Test
        void counts_the_cases_that_went_well_before() {
            AtomicInteger runs = new AtomicInteger();
            Bench bench = bench(
                    FakeDevice.running(memory -> Softmax.rows(memory, runs.incrementAndGet() > 4 ? 0 : 3)),
                    Visibility.HIDDEN);
            new Case().check(bench);
            new Case().check(bench);

            assertThat(failing(bench).text().en()).startsWith("Case small rows (the 2 cases before it are right). ");
        }

        @Test
        void that_was_never_written_has_no_writer() {
            CheckFailure failure =
                    failing(bench(FakeDevice.running(memory -> Softmax.rows(memory, 2)), Visibility.HIDDEN));

            assertThat(failure.text().en())
                    .isEqualTo(
                            "Case small rows. y[0][2] is the first wrong element. 2 of 6 elements are wrong: only the last"
                                    + " column; never written. Likely cause: does a loop or a bounds guard stop one short?");
        }
    }

    @Nested
    class Two_runs_that_differ {

        @Test
        void because_of_unwritten_memory() {
            FakeDevice device = FakeDevice.running(memory -> {
                Softmax.right(memory);
                memory.at(1).putFloat(16, memory.settings().poison() == Poison.CD_BYTES ? 1 : 2);
            });

            CheckFailure failure = failing(bench(device, Visibility.HIDDEN));

            assertThat(failure.text().en())
                    .isEqualTo(
                            "Case small rows. Two runs on the same input give different results, first at y[1][1] (1 of 6"
                                    + " elements). The result depends on memory that was never written: is a scratch or shared array"
                                    + " read before it is set?");
            assertThat(failure.text().zh())
                    .isEqualTo(
                            "用例 small rows。同一输入的两次运行结果不同，第一处在 y[1][1]（6 个元素中有 1 个）。结果取决于从未写入过的内存：是否在赋值之前读取了临时数组或共享内存？");
        }

        @Test
        void by_roundings_of_atomic_sums_are_a_note() {
            FakeDevice device = FakeDevice.running(memory -> {
                Softmax.right(memory);
                float right = memory.at(1).getFloat(16);
                memory.at(1).putFloat(16, memory.settings().schedule() == 0 ? right : Math.nextUp(right));
            });
            Program atomic = new Program(
                    Softmax.PROGRAM.source(),
                    "red.global.add.f32 [%rd1], %f1;",
                    "NVRTC",
                    "",
                    List.of(),
                    Softmax.PROGRAM.entries());

            new Case()
                    .check(new CheckBench(
                            Softmax.assignment(),
                            Softmax.check("H1", Visibility.HIDDEN),
                            atomic,
                            device,
                            7,
                            TimeBudget.standard(),
                            record));

            assertThat(record.findings())
                    .extracting(Finding::severity, Finding::message)
                    .contains(tuple(
                            Severity.NOTE,
                            "two runs with blocks and warps in another order differ in the last bits of y: floating-point"
                                    + " atomics add in the order in which threads come"));
        }

        @Test
        void because_of_the_order_of_blocks() {
            FakeDevice device = FakeDevice.running(memory -> {
                Softmax.right(memory);
                memory.at(1).putFloat(16, memory.settings().schedule() == 0 ? 1 : 2);
            });

            assertThat(failing(bench(device, Visibility.HIDDEN)).text().en())
                    .endsWith(
                            "The result depends on the order in which blocks and warps run: is a barrier, an atomic or a"
                                    + " second launch missing?");
        }
    }

    @Nested
    class A_run_that_does_not_complete {

        @Test
        void faults_with_its_finding() {
            Finding fault =
                    finding(FindingKind.OUT_OF_BOUNDS, Severity.ERROR, "write of 4 bytes 4 bytes past the end of y");
            CheckFailure failure = failing(
                    bench(FakeDevice.behaving(m -> new RunOutcome.Faulted(fault, m.trace())), Visibility.HIDDEN));

            assertThat(failure.status()).isEqualTo(CheckStatus.FAULTED);
            assertThat(failure.findings()).containsExactly(fault);
            assertThat(failure.text().en())
                    .isEqualTo(
                            "Case small rows. Access out of bounds at softmax.cu:12 in softmax_kernel, block (1,0,0) thread"
                                    + " (33,0,0): write of 4 bytes 4 bytes past the end of y.");
            assertThat(failure.text().zh())
                    .startsWith("用例 small rows。越界访问（softmax.cu:12，softmax_kernel，线程块 (1,0,0) 线程 (33,0,0)）：");
        }

        @Test
        void times_out_and_makes_the_next_run_impatient() {
            Finding where = finding(FindingKind.DEADLINE, Severity.ERROR, "still running after 5 s");
            List<Duration> deadlines = new ArrayList<>();
            FakeDevice device = FakeDevice.behaving(m -> {
                deadlines.add(m.settings().limits().deadline());
                return new RunOutcome.TimedOut(where, m.trace());
            });
            TimeBudget budget = TimeBudget.standard();
            List<CheckFailure> failures = new ArrayList<>();
            for (int check = 0; check < 4; check++) {
                failures.add(failing(bench(device, Visibility.HIDDEN, budget)));
            }

            assertThat(failures).extracting(CheckFailure::status).containsOnly(CheckStatus.TIMED_OUT);
            assertThat(deadlines).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));
            assertThat(failures.get(3).text().en())
                    .isEqualTo(
                            "Case small rows. Not run: too many checks before it had to be stopped because the program did"
                                    + " not end.");
        }

        @Test
        void is_the_harness_fault_if_the_device_cannot_run_it() {
            assertThatThrownBy(() -> new Case()
                            .run(bench(
                                    FakeDevice.behaving(m -> new RunOutcome.Unsupported(
                                            "no wgmma", new SourceLocation("a.cu", 3, 0), RunTrace.empty())),
                                    Visibility.HIDDEN)))
                    .isInstanceOf(HarnessFault.class)
                    .hasMessage("no wgmma at a.cu:3");
        }

        @Test
        void is_the_harness_fault_if_the_device_breaks() {
            assertThatThrownBy(() -> new Case()
                            .run(bench(
                                    FakeDevice.behaving(m -> {
                                        throw new IllegalStateException("oops");
                                    }),
                                    Visibility.HIDDEN)))
                    .isInstanceOf(HarnessFault.class)
                    .hasMessage("the fake device failed on softmax: java.lang.IllegalStateException: oops");
        }

        @Test
        void tells_the_missing_entry() {
            CheckFailure failure = failing(bench(
                    FakeDevice.behaving(m -> new RunOutcome.NoSuchEntry("there is no function softmax", m.trace())),
                    Visibility.HIDDEN));

            assertThat(failure.text().en()).isEqualTo("there is no function softmax.");
        }
    }

    @Test
    void error_findings_fail_a_completed_run_and_warnings_do_not() {
        FakeDevice racing = FakeDevice.running(m -> {
            Softmax.right(m);
            m.find(finding(FindingKind.SHARED_RACE, Severity.ERROR, "two threads write tile[3]"));
        });
        FakeDevice leaking = FakeDevice.running(m -> {
            Softmax.right(m);
            m.find(finding(FindingKind.LEAK, Severity.WARNING, "64 bytes are never freed"));
        });

        CheckFailure failure = failing(bench(racing, Visibility.HIDDEN));
        assertThat(failure.status()).isEqualTo(CheckStatus.FAILED);
        assertThat(failure.text().en()).contains("Data race in shared memory at softmax.cu:12");
        new Case().check(bench(leaking, Visibility.HIDDEN));
        assertThat(record.findings()).extracting(Finding::kind).contains(FindingKind.LEAK);
    }

    @Nested
    class Structure {

        private Run run() {
            return new Case().run(bench(FakeDevice.running(Softmax::right), Visibility.PUBLIC));
        }

        @Test
        void budgets_hold() {
            run().launchesAtMost(1).allocatesAtMost(64).usesParallelThreads().executesAtMostPerThread(10, "", "");
        }

        @Test
        void too_many_launches() {
            assertThatThrownBy(() -> run().launchesAtMost(0))
                    .hasMessage("Case small rows, rows=2 cols=3. The entry makes 1 kernel launch; at most 0 allowed.");
        }

        @Test
        void too_much_scratch() {
            assertThatThrownBy(() -> run().allocatesAtMost(0))
                    .hasMessage(
                            "Case small rows, rows=2 cols=3. The entry holds 64 bytes of device memory of its own; at"
                                    + " most 0 allowed.");
        }

        @Test
        void too_much_work_for_one_thread() {
            assertThatThrownBy(() -> run().executesAtMostPerThread(0, "does every thread walk the row?", "？"))
                    .hasMessage(
                            "Case small rows, rows=2 cols=3. A thread of softmax_kernel executes 1 instructions; at most 0"
                                    + " allowed: does every thread walk the row?");
        }
    }

    @Nested
    class Counters_of_a_run {

        private static Counters loads(int requests, int sectors) {
            return Counters.of(Map.of(Metric.GLOBAL_LOAD_REQUESTS, requests, Metric.GLOBAL_LOAD_SECTORS, sectors));
        }

        private CounterAssert counters(boolean told) {
            FakeDevice device = FakeDevice.running(memory -> {
                Softmax.right(memory);
                if (told) {
                    memory.counted(new LaunchCounters(
                            loads(4, 72),
                            List.of(new LineCounters(7, loads(2, 8)), new LineCounters(9, loads(2, 64))),
                            2,
                            2));
                }
            });
            return new Case().run(bench(device, Visibility.PUBLIC)).counters();
        }

        private CounterAssert atMost(double limit) {
            return counters(true)
                    .atMost(
                            Metric.LOAD_SECTORS_PER_REQUEST,
                            limit,
                            "sectors per load request",
                            "每次读请求的扇区",
                            "do neighbouring threads read neighbouring elements?",
                            "相邻线程读取的是相邻元素吗？");
        }

        @Test
        void within_their_limit_are_fine() {
            assertThat(atMost(18).get(Metric.GLOBAL_LOAD_SECTORS)).isEqualTo(72);
        }

        @Test
        void beyond_their_limit_name_the_line_that_has_the_most() {
            assertThatThrownBy(() -> atMost(16))
                    .isInstanceOf(CheckFailure.class)
                    .hasMessage(
                            "Case small rows, rows=2 cols=3. Counted 18 sectors per load request (look at line 9); at"
                                    + " most 16 allowed: do neighbouring threads read neighbouring elements?");
        }

        @Test
        void below_their_limit_name_the_line_that_has_the_least() {
            assertThatThrownBy(() -> counters(true)
                            .atLeast(Metric.GLOBAL_LOAD_SECTORS, 100, "sectors", "扇区", "is x read at all?", "读取了 x 吗？"))
                    .hasMessage(
                            "Case small rows, rows=2 cols=3. Counted 72 sectors (look at line 7); at least 100 allowed: is"
                                    + " x read at all?");
        }

        @Test
        void of_nothing_are_neither_too_many_nor_too_few() {
            counters(true)
                    .atMost(Metric.STORE_SECTORS_PER_REQUEST, 1, "", "", "", "")
                    .atLeast(Metric.STORE_SECTORS_PER_REQUEST, 1, "", "", "", "");
        }

        @Test
        void that_nobody_took_are_our_fault() {
            assertThatThrownBy(() -> counters(false))
                    .isInstanceOf(HarnessFault.class)
                    .hasMessage("the launch of softmax_kernel could not be counted");
        }
    }

    @Nested
    class Relations_between_runs {

        @Test
        void name_the_relation() {
            Case c = new Case();
            Run run = c.run(bench(FakeDevice.running(Softmax::right), Visibility.HIDDEN));
            int[] swap = {1, 0};

            run.assertThat(run.tensor(c.y))
                    .hasSameBitsAs(run.tensor(c.y).rows(3, swap).rows(3, swap), "same", "相同");
            assertThatThrownBy(() -> run.assertThat(c.y)
                            .hasSameBitsAs(
                                    run.tensor(c.y).rows(3, swap), "swapping the rows swaps the outputs", "交换行应交换输出"))
                    .hasMessageStartingWith(
                            "Case small rows. This must hold: swapping the rows swaps the outputs; it does not."
                                    + " y[0][0] is the first wrong element. 6 of 6 elements are wrong: all elements; the rows are"
                                    + " right but in another order.");
        }
    }

    @Test
    void integers_compare_exactly() {
        DeviceBuffer counts = DeviceBuffer.output("counts", ElementType.I32, 4);
        Run run = bench(
                        FakeDevice.running(
                                m -> m.at(0).putInt(1).putInt(2).putInt(3).putInt(16777217)),
                        Visibility.PUBLIC)
                .run("", "", Call.of("count", pointer(counts)));

        run.assertThat(counts).isEqualTo(new int[] {1, 2, 3, 16777217});
        assertThatThrownBy(() -> run.assertThat(counts).isEqualTo(new int[] {1, 2, 3, 16777216}))
                .hasMessageStartingWith(
                        "counts[3] = 16777217, expected 16777216. 1 of 4 elements is wrong: only the last"
                                + " element.");
    }

    @Test
    void doubles_are_not_excused_for_being_floats() {
        DeviceBuffer sums = DeviceBuffer.output("sums", ElementType.F64, 1);
        Run run = bench(FakeDevice.running(m -> m.at(0).putDouble(0.1f)), Visibility.PUBLIC)
                .run("", "", Call.of("sum", pointer(sums)));

        assertThatThrownBy(() -> run.assertThat(sums)
                        .isCloseTo(OracleTensor.of("sums", new double[] {0.1}, 1), Tolerance.elem(0, 1e-12)))
                .hasMessageStartingWith(
                        "sums[0] = 0.10000000149011612, expected 0.1 (error 1.5e-09, allowed 1.0e-13).");
    }

    @Test
    void inputs_depend_on_seed_check_and_label() {
        Bench bench = bench(FakeDevice.running(Softmax::right), Visibility.PUBLIC);

        assertThat(bench.inputs("a").normals(4)).isEqualTo(bench.inputs("a").normals(4));
        assertThat(bench.inputs("a").normals(4)).isNotEqualTo(bench.inputs("b").normals(4));
    }
}
