package org.warpgrade.reports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.Attempt;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.CountedRun;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.KernelPoint;
import org.warpgrade.engine.result.GradingResult.LineCounters;
import org.warpgrade.engine.result.GradingResult.OccupancyInfo;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Roof;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Metric;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/** Results to render: a good one, a bad one, one that does not compile, and one that attacks its reader. */
final class Results {

    static final String SOURCE = """
            // assignment: op-softmax
            #include <cuda_runtime.h>
            #define THREADS 256

            /* One element for each thread:
               rows longer than the block lose their tail. */
            __global__ void softmax_kernel(const float* x, float* y, int cols) {
                __shared__ float partial[THREADS / 32];
                int c = threadIdx.x;
                float value = c < cols ? x[blockIdx.x * cols + c] : -1e30f;
                printf("row %d\\n", blockIdx.x);
                y[blockIdx.x * cols + c] = expf(value - partial[8]);
            }

            extern "C" void softmax(const float* x, float* y, int rows, int cols) {
                softmax_kernel<<<rows, THREADS>>>(x, y, cols);
            }
            """;

    private static final Text NONE = new Text("", "");

    private Results() {}

    static GradingResult passed() {
        return result(
                Verdict.PASSED,
                new Score(100, 100),
                List.of(),
                List.of(
                        passed("P1", "Softmax of 1, 2, 3", "1、2、3 的 softmax", "worked example", 20, Visibility.PUBLIC),
                        passed("H1", "Ragged row lengths", "不规整的行长", "ragged columns", 50, Visibility.HIDDEN),
                        passed("H2", "Extreme logits", "极端 logits", "extreme values", 30, Visibility.HIDDEN)),
                "",
                NONE,
                null);
    }

    /** The passed one as a GPU saw it. */
    static GradingResult measured() {
        return measured(
                new SpeedPoints(
                        8,
                        10,
                        true,
                        new Text(
                                "57.1 µs, 66 % of what a copy kernel reached here in the same run.",
                                "57.1 µs，达到同次运行中拷贝内核实测速度的 66%。")),
                "cuda");
    }

    static GradingResult measured(SpeedPoints points, String device) {
        GradingResult base = passed();
        Roof roof = new Roof("NVIDIA H200", "", 4.2e12, new TreeMap<>(Map.of("fp32", 60.1e12, "tensor", 700e12)));
        KernelPoint whole = new KernelPoint(
                "softmax",
                "softmax",
                "fp32",
                168e6,
                268e6,
                268e6,
                new TreeMap<>(Map.of("floorMicros.NVIDIA H200", 52.0, "medianMicros", 57.1)));
        Map<String, Double> metrics =
                new TreeMap<>(Map.of("medianMicros", 57.1, "timeToReference", 1.04, "pairs", 15.0));
        return new GradingResult(
                base.schema(),
                base.assignment(),
                base.title(),
                base.submission(),
                base.verdict(),
                new Score(base.score().earned() + points.earned(), base.score().possible() + points.possible()),
                new DeviceInfo(device, "NVIDIA H200"),
                base.seed(),
                base.compiler(),
                base.harness(),
                base.diagnostics(),
                base.checks(),
                base.kernels(),
                new PerformanceInfo("measured", metrics, "rows=8192 cols=4096", List.of(roof), List.of(whole), points),
                base.printed(),
                base.message(),
                base.timings());
    }

    static GradingResult failed() {
        return result(
                Verdict.FAILED,
                new Score(40, 100),
                List.of(),
                List.of(
                        passed("P1", "Softmax of 1, 2, 3", "1、2、3 的 softmax", "worked example", 20, Visibility.PUBLIC),
                        new CheckResult(
                                "H1",
                                new Text("Ragged row lengths", "不规整的行长"),
                                "ragged columns",
                                Visibility.HIDDEN,
                                40,
                                0,
                                CheckStatus.FAILED,
                                new Text(
                                        "y[0, 256] was never written: it still holds the poison.\n"
                                                + "Wrong from column 256 on, in every row.",
                                        "y[0, 256] 从未被写入：仍是填充值。\n每一行从第 256 列起全部错误。"),
                                diagnosis(),
                                List.of(),
                                12.25),
                        passed("H2", "Extreme logits", "极端 logits", "extreme values", 20, Visibility.HIDDEN),
                        new CheckResult(
                                "H3",
                                new Text("Infinities and NaN", "无穷与 NaN"),
                                "special values",
                                Visibility.HIDDEN,
                                10,
                                0,
                                CheckStatus.FAULTED,
                                NONE,
                                null,
                                List.of(
                                        new Finding(
                                                FindingKind.OUT_OF_BOUNDS,
                                                Severity.ERROR,
                                                new SourceLocation("softmax.cu", 12, 30),
                                                "softmax_kernel",
                                                new Dim3(3, 0, 0),
                                                new Dim3(33, 0, 0),
                                                "reads 4 bytes at offset 32 of shared memory, of which the block has 32 bytes")),
                                3.5),
                        new CheckResult(
                                "H4",
                                new Text("A loop that never ends", "死循环"),
                                "metamorphic: shift",
                                Visibility.HIDDEN,
                                5,
                                0,
                                CheckStatus.TIMED_OUT,
                                new Text("The kernel did not end within its budget.", "内核未在预算内结束。"),
                                null,
                                List.of(),
                                2000),
                        new CheckResult(
                                "H5",
                                new Text("Measured speed", "实测速度"),
                                "performance",
                                Visibility.HIDDEN,
                                5,
                                0,
                                CheckStatus.NOT_ASSESSED,
                                NONE,
                                null,
                                List.of(),
                                0)),
                "row 0\nrow 1\nrow 2\n",
                NONE,
                4711L);
    }

    static GradingResult doesNotCompile() {
        GradingResult result = result(
                Verdict.COMPILE_ERROR,
                new Score(0, 100),
                List.of(
                        new Diagnostic(
                                Severity.ERROR,
                                new SourceLocation("softmax.cu", 10, 5),
                                "identifier \"vlaue\" is undefined\n      float value = vlaue;\n                    ^"),
                        new Diagnostic(
                                Severity.WARNING,
                                new SourceLocation("softmax.cu", 9, 0),
                                "variable \"c\" was declared but never referenced")),
                List.of(new CheckResult(
                        "P1",
                        new Text("Softmax of 1, 2, 3", "1、2、3 的 softmax"),
                        "worked example",
                        Visibility.PUBLIC,
                        100,
                        0,
                        CheckStatus.NOT_ASSESSED,
                        NONE,
                        null,
                        List.of(),
                        0)),
                "",
                new Text("The submission does not compile.", "提交的代码无法编译。"),
                null);
        return new GradingResult(
                result.schema(),
                result.assignment(),
                result.title(),
                result.submission(),
                result.verdict(),
                result.score(),
                result.device(),
                result.seed(),
                result.compiler(),
                result.harness(),
                result.diagnostics(),
                result.checks(),
                List.of(),
                null,
                "",
                result.message(),
                result.timings());
    }

    /** Every text that a submission controls holds markup, control characters, reordering marks and a long line. */
    static GradingResult hostile() {
        String attack =
                "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u0000\u0007\u001b[31m\u202Egnp.exe"
                        + "\u2066]]>&amp;'\"--><!--" + "\uD800";
        String longLine = "A".repeat(1 << 20);
        Text evil = new Text(attack, attack);
        GradingResult base = failed();
        CheckResult check = new CheckResult(
                "H1",
                evil,
                attack,
                Visibility.PUBLIC,
                100,
                0,
                CheckStatus.FAULTED,
                evil,
                new Diagnosis(
                        attack,
                        List.of(2, 2),
                        List.of(0, 1),
                        1,
                        2,
                        1,
                        0.5,
                        attack,
                        1,
                        4,
                        evil,
                        evil,
                        2,
                        attack,
                        List.of(0.0, 1.0, 0.0, 0.0),
                        2,
                        2,
                        attack,
                        attack),
                List.of(new Finding(
                        FindingKind.TRAP,
                        Severity.ERROR,
                        new SourceLocation(attack, 1, 1),
                        attack,
                        new Dim3(0, 0, 0),
                        new Dim3(0, 0, 0),
                        attack)),
                1);
        return new GradingResult(
                1,
                "op-softmax",
                evil,
                new SubmissionInfo(attack + ".cu", "0".repeat(64), attack + "\n" + longLine),
                Verdict.FAULTED,
                new Score(0, 100),
                base.device(),
                null,
                base.compiler(),
                base.harness(),
                List.of(new Diagnostic(Severity.ERROR, new SourceLocation(attack + ".cu", 1, 1), attack)),
                List.of(check),
                List.of(new KernelInfo(
                        attack,
                        attack,
                        1,
                        1,
                        8,
                        0,
                        32,
                        1,
                        Map.of(attack, new OccupancyInfo(0.1, attack)),
                        Map.of(attack, 1.0),
                        List.of(new LineCounters(1, Map.of(attack, 1.0))),
                        new CountedRun("H1", attack, 1, 1, 1))),
                new PerformanceInfo(
                        "model",
                        Map.of(attack, 1.0),
                        attack,
                        List.of(new Roof(attack, attack, 1e12, Map.of(attack, 1e13))),
                        List.of(new KernelPoint(attack, attack, attack, 1e6, 1e6, 1e6, Map.of(attack, 1.0)))),
                attack + longLine,
                evil,
                base.timings());
    }

    private static CheckResult passed(
            String id, String en, String zh, String family, int points, Visibility visibility) {
        return new CheckResult(
                id,
                new Text(en, zh),
                family,
                visibility,
                points,
                points,
                CheckStatus.PASSED,
                NONE,
                null,
                List.of(),
                4.75);
    }

    private static Diagnosis diagnosis() {
        List<Double> map = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 50; column++) {
                map.add(column > 12 ? 1.0 : column == 12 ? 0.8 : 0.0);
                blocks.add(column > 12 ? -1 : row);
            }
        }
        return new Diagnosis(
                "y",
                List.of(3, 1000),
                List.of(0, 256),
                0.0009127634,
                Float.intBitsToFloat(0x7FA5A5A5),
                Double.NaN,
                1.09e-7,
                "|y-o| <= 1e-7 + 1e-5 |o|",
                2232,
                3000,
                new Text("every row from column 256 on", "每一行从第 256 列起"),
                new Text(
                        "256 is your block size: does each thread handle only one element of its row?",
                        "256 正是你的线程块大小：是否每个线程只处理了所在行的一个元素？"),
                Double.POSITIVE_INFINITY,
                null,
                map,
                3,
                50,
                "ragged columns",
                "rows=3 cols=1000",
                blocks);
    }

    /** A line that jumps through memory, one whose banks collide, one that splits warps. */
    private static List<LineCounters> lines() {
        return List.of(
                new LineCounters(
                        10,
                        Map.of(
                                Metric.INSTRUCTIONS.id(), 400.0,
                                Metric.GLOBAL_LOAD_REQUESTS.id(), 100.0,
                                Metric.GLOBAL_LOAD_SECTORS.id(), 3200.0,
                                Metric.GLOBAL_LOAD_BYTES.id(), 12800.0,
                                Metric.BRANCHES.id(), 100.0,
                                Metric.BRANCHES_UNIFORM.id(), 75.0)),
                new LineCounters(
                        12,
                        Map.of(
                                Metric.INSTRUCTIONS.id(), 600.0,
                                Metric.GLOBAL_STORE_REQUESTS.id(), 100.0,
                                Metric.GLOBAL_STORE_SECTORS.id(), 400.0,
                                Metric.GLOBAL_STORE_BYTES.id(), 12800.0,
                                Metric.SHARED_LOADS.id(), 100.0,
                                Metric.SHARED_LOAD_CONFLICTS.id(), 300.0)));
    }

    private static PerformanceInfo model() {
        return new PerformanceInfo(
                "model",
                new TreeMap<>(Map.of("launches", 1.0, "floorMicros.NVIDIA H200 SXM", 1.75)),
                "rows=4096 cols=1024",
                List.of(new Roof("NVIDIA H200 SXM", "sm_90", 4.8e12, Map.of("fp32", 66.9e12))),
                List.of(
                        new KernelPoint(
                                "_Z14softmax_kernelPKfPfi",
                                "softmax_kernel(const float*, float*, int)",
                                "fp32",
                                21e6,
                                33.5e6,
                                1e9,
                                Map.of("floorMicros.NVIDIA H200 SXM", 7.0, "busyMicros.NVIDIA H200 SXM", 95.0)),
                        new KernelPoint(
                                "_Z4copyPKfPf",
                                "copy(const float*, float*)",
                                "",
                                0,
                                8e6,
                                8e6,
                                Map.of("floorMicros.NVIDIA H200 SXM", 1.75))));
    }

    /** Three tries, better each time. */
    static List<Attempt> attempts() {
        return List.of(
                attempt("2026-11-20T09:12:00Z", 0, Verdict.COMPILE_ERROR),
                attempt("2026-11-20T09:30:00Z", 20, Verdict.FAULTED),
                attempt("2026-11-21T18:05:00Z", 40, Verdict.FAILED));
    }

    private static Attempt attempt(String when, int earned, Verdict verdict) {
        return new Attempt(Instant.parse(when), new Score(earned, 100), verdict, when);
    }

    private static boolean counted(List<Diagnostic> diagnostics) {
        return diagnostics.isEmpty();
    }

    private static GradingResult result(
            Verdict verdict,
            Score score,
            List<Diagnostic> diagnostics,
            List<CheckResult> checks,
            String printed,
            Text message,
            @Nullable Long seed) {
        Map<String, Double> timings = new LinkedHashMap<>();
        timings.put("start", 180.0);
        timings.put("compile", 12.5);
        timings.put("checks", 640.0);
        timings.put("report", 45.0);
        Map<String, OccupancyInfo> occupancy = new LinkedHashMap<>();
        occupancy.put("sm_80", new OccupancyInfo(1.0, "warps"));
        occupancy.put("sm_90", new OccupancyInfo(0.75, "registers"));
        return new GradingResult(
                1,
                "op-softmax",
                new Text("Row softmax, forward and backward", "行 softmax 及其梯度"),
                new SubmissionInfo(
                        "softmax.cu", "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", SOURCE),
                verdict,
                score,
                new DeviceInfo("cpu", "CPU device (2 cores)"),
                seed,
                "NVRTC 12.6.77",
                new HarnessInfo("0.1.0", "abc1234"),
                diagnostics,
                checks,
                List.of(new KernelInfo(
                        "_Z14softmax_kernelPKfPfi",
                        "softmax_kernel(const float*, float*, int)",
                        7,
                        32,
                        verdict == Verdict.PASSED ? 0 : 24,
                        1024,
                        256,
                        58,
                        occupancy,
                        counted(diagnostics) ? Map.of(Metric.INSTRUCTIONS.id(), 1000.0) : Map.of(),
                        counted(diagnostics) ? lines() : List.of(),
                        counted(diagnostics) ? new CountedRun("H1", "rows=3 cols=1000", 1, 3, 3) : null)),
                counted(diagnostics) ? model() : null,
                printed,
                message,
                timings);
    }
}
