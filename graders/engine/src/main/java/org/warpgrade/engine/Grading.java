package org.warpgrade.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Assignment.Performance;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.HarnessFault;
import org.warpgrade.engine.performance.PerformanceModel;
import org.warpgrade.engine.performance.ProblemCount;
import org.warpgrade.engine.performance.Speed;
import org.warpgrade.engine.performance.SpeedGrade;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.GradingResult.SubmissionInfo;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.CheckListener;
import org.warpgrade.engine.runner.CheckOutcome;
import org.warpgrade.engine.runner.CheckRunner;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Compilation;
import org.warpgrade.gpu.CompileRejected;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.Words;
import org.warpgrade.gpu.timing.Plan;

/** Grades submissions, one after the other or several at once. */
public final class Grading {

    private static final Text NOTHING = new Text("", "");

    /** A sample for the report: some tens of milliseconds. */
    private static final long COUNTED_INSTRUCTIONS = 500_000;

    private static final Duration COUNTING_DEADLINE = Duration.ofSeconds(2);

    private final Intake intake;
    private final Compiler compiler;
    private final Device device;
    private final CheckRunner runner;
    private final @Nullable SpeedBench speed;

    /** Grades without measuring speed. */
    public Grading(Catalog catalog, Compiler compiler, Device device, ChecksFinder finder) {
        this(catalog, compiler, device, finder, null);
    }

    /** @param speed measures it; null where no clock counts */
    public Grading(Catalog catalog, Compiler compiler, Device device, ChecksFinder finder, @Nullable SpeedBench speed) {
        this.intake = new Intake(catalog);
        this.compiler = compiler;
        this.device = device;
        this.runner = new CheckRunner(finder);
        this.speed = speed;
    }

    /**
     * One grading run: intake, compile, check, measure, score, record.
     *
     * @throws IntakeException if the file cannot be read or the assignment does not exist
     */
    public GradingResult run(GradingRequest request) throws IntakeException {
        return run(request, CheckListener.NONE);
    }

    /** The same with somebody who hears how the checks get on. */
    public GradingResult run(GradingRequest request, CheckListener listener) throws IntakeException {
        return grade(request, listener).result();
    }

    /** Which WarpGrade this is, as it stands in every result. */
    public static HarnessInfo harness() {
        return Harness.info();
    }

    /**
     * What a file is, told without grading it.
     *
     * @param sha256 of its bytes
     * @param assignment the id of the assignment that it answers
     */
    public record Identity(String sha256, String assignment) {}

    /**
     * Tells files apart and which assignment they answer.
     *
     * @param assignment the id where it is known; null to ask the file
     * @throws IntakeException if the file cannot be read or the assignment cannot be told
     */
    public Identity identify(Path file, @Nullable String assignment) throws IntakeException {
        return switch (intake.take(file, assignment)) {
            case Intake.Taken.Accepted accepted ->
                new Identity(
                        accepted.submission().sha256(),
                        accepted.submission().assignment().id());
            case Intake.Taken.Refused refused ->
                new Identity(
                        refused.sha256(),
                        Objects.requireNonNull(refused.assignment()).id());
        };
    }

    /** A result with what only the publish gate looks at. */
    record Graded(GradingResult result, List<CheckOutcome> outcomes) {

        /** The largest error over its bound in all checks. */
        double worstRatio() {
            return outcomes.stream()
                    .mapToDouble(o -> o.record().worstRatio())
                    .max()
                    .orElse(0);
        }
    }

    Graded grade(GradingRequest request) throws IntakeException {
        return grade(request, CheckListener.NONE);
    }

    private Graded grade(GradingRequest request, CheckListener listener) throws IntakeException {
        Stopwatch watch = new Stopwatch();
        Intake.Taken taken = intake.take(request.file(), request.assignment());
        watch.lap("intake");
        return switch (taken) {
            case Intake.Taken.Accepted accepted -> grade(accepted.submission(), request, watch, listener);
            case Intake.Taken.Refused refused ->
                new Graded(
                        new Recorder(refused.source(), refused.sha256(), refused.assignment(), request, watch)
                                .ended(Verdict.REJECTED, refused.reason(), List.of()),
                        List.of());
        };
    }

    private Graded grade(Submission submission, GradingRequest request, Stopwatch watch, CheckListener listener) {
        Recorder recorder =
                new Recorder(submission.source(), submission.sha256(), submission.assignment(), request, watch);
        try {
            Compilation compilation = compiler.compile(submission);
            watch.lap("compile");
            return switch (compilation) {
                case Program program -> check(submission, program, request, recorder, watch, listener);
                case CompileRejected rejected -> new Graded(recorder.notCompiled(rejected), List.of());
            };
        } catch (HarnessFault fault) {
            return new Graded(recorder.harnessError(fault), List.of());
        }
    }

    private Graded check(
            Submission submission,
            Program program,
            GradingRequest request,
            Recorder recorder,
            Stopwatch watch,
            CheckListener listener) {
        CompletableFuture<List<KernelResources>> resources = request.resources()
                ? CompletableFuture.supplyAsync(() -> compiler.resources(submission))
                : CompletableFuture.completedFuture(List.of());
        List<CheckSpec> selected = request.selection().of(submission.assignment());
        CheckRunner.Task task = new CheckRunner.Task(
                submission.assignment(),
                selected,
                program,
                device,
                request.seed(),
                request.budget(),
                request.threads());
        List<CheckOutcome> outcomes = runner.run(task, listener);
        watch.lap("checks");
        Optional<ProblemCount> counted = request.resources() ? count(submission, program, outcomes) : Optional.empty();
        watch.lap("count");
        List<KernelInfo> kernels = Kernels.of(program, resources.join(), outcomes, counted.orElse(null));
        watch.lap("kernels");
        PerformanceInfo performance = performance(
                submission,
                program,
                request,
                outcomes,
                counted.filter(ProblemCount::complete).orElse(null));
        if (speed != null) {
            watch.lap("speed");
        }
        return new Graded(recorder.checked(program, outcomes, kernels, performance), outcomes);
    }

    /** The model, or the measurement where there is a GPU and all checks passed; with points where there are some. */
    private @Nullable PerformanceInfo performance(
            Submission submission,
            Program program,
            GradingRequest request,
            List<CheckOutcome> outcomes,
            @Nullable ProblemCount count) {
        PerformanceInfo model = count == null ? null : PerformanceModel.of(count, null);
        Performance asked = submission.assignment().performance();
        if (!request.speed() || asked.points() == 0) {
            return model;
        }
        PerformanceInfo shown = model == null ? new PerformanceInfo("model", Map.of()) : model;
        if (speed == null) {
            return shown.withPoints(SpeedGrade.withoutGpu(asked));
        }
        if (outcomes.stream().anyMatch(o -> o.result().status() != CheckStatus.PASSED)) {
            return shown.withPoints(SpeedGrade.wrongAnswers(asked));
        }
        Speed measured = speed.measure(
                submission.assignment(),
                submission.source().name(),
                program,
                Map.of(),
                request.seed(),
                Plan.standard());
        SpeedPoints points = SpeedGrade.points(asked, measured);
        return measured instanceof Speed.Timed timed
                ? SpeedGrade.measured(timed, count, points)
                : shown.withPoints(points);
    }

    /** Counters for the report, of what runs to its end; where it does not, the checks have said so. */
    private Optional<ProblemCount> count(Submission submission, Program program, List<CheckOutcome> outcomes) {
        boolean ends = outcomes.stream()
                .noneMatch(o -> o.result().status() == CheckStatus.TIMED_OUT
                        || o.result().status() == CheckStatus.FAULTED);
        try {
            return ends
                    ? ProblemCount.sampled(
                            submission.assignment(), program, device, COUNTED_INSTRUCTIONS, COUNTING_DEADLINE)
                    : Optional.empty();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Optional.empty();
        }
    }

    /** Writes down what is known of a submission, however far its grading went. */
    private final class Recorder {

        private final CudaSource source;
        private final String sha256;
        private final @Nullable Assignment assignment;
        private final GradingRequest request;
        private final Stopwatch watch;

        Recorder(
                CudaSource source,
                String sha256,
                @Nullable Assignment assignment,
                GradingRequest request,
                Stopwatch watch) {
            this.source = source;
            this.sha256 = sha256;
            this.assignment = assignment;
            this.request = request;
            this.watch = watch;
        }

        GradingResult checked(
                Program program,
                List<CheckOutcome> outcomes,
                List<KernelInfo> kernels,
                @Nullable PerformanceInfo performance) {
            List<CheckResult> results =
                    outcomes.stream().map(CheckOutcome::result).toList();
            Verdict verdict = Scoring.verdict(results);
            List<Diagnostic> warnings = compiler.diagnostics(program);
            Text message = verdict == Verdict.HARNESS_ERROR
                    ? new Text(
                            "The grader could not judge every check; no points are given or taken.",
                            "评分程序无法判定所有检查；本次不计分。")
                    : NOTHING;
            return result(
                    verdict,
                    Scoring.with(performance == null ? null : performance.points(), Scoring.score(results)),
                    program.compiler(),
                    warnings,
                    results,
                    kernels,
                    performance,
                    printed(outcomes),
                    message);
        }

        GradingResult notCompiled(CompileRejected rejected) {
            boolean refused = compiler.refused(rejected);
            Text message = refused
                    ? new Text(
                            "The file is not accepted: " + firstLine(rejected, "en"),
                            "文件未被接受：" + firstLine(rejected, "zh"))
                    : new Text(
                            "The file does not compile: " + firstLine(rejected, "en"),
                            "文件无法编译：" + firstLine(rejected, "zh"));
            return ended(refused ? Verdict.REJECTED : Verdict.COMPILE_ERROR, message, rejected.diagnostics());
        }

        GradingResult harnessError(HarnessFault fault) {
            Text message = new Text(
                    "The grader could not grade this file; this is not your fault: " + fault.getMessage(),
                    "评分程序无法为该文件评分，这不是你的问题：" + fault.getMessage());
            return ended(Verdict.HARNESS_ERROR, message, List.of());
        }

        /** A verdict before any check ran. Points stay possible, unless the fault is ours. */
        GradingResult ended(Verdict verdict, Text message, List<Diagnostic> diagnostics) {
            List<CheckResult> checks = assignment == null
                    ? List.of()
                    : request.selection().of(assignment).stream()
                            .map(Grading::notRun)
                            .toList();
            int possible = verdict == Verdict.HARNESS_ERROR
                    ? 0
                    : checks.stream().mapToInt(CheckResult::points).sum();
            return result(
                    verdict,
                    new Score(0, possible),
                    compiler.name(),
                    diagnostics,
                    checks,
                    List.of(),
                    null,
                    "",
                    message);
        }

        private GradingResult result(
                Verdict verdict,
                Score score,
                String compiledBy,
                List<Diagnostic> diagnostics,
                List<CheckResult> checks,
                List<KernelInfo> kernels,
                @Nullable PerformanceInfo performance,
                String printed,
                Text message) {
            watch.lap("record");
            return new GradingResult(
                    GradingResult.SCHEMA,
                    assignment == null ? "" : assignment.id(),
                    assignment == null ? NOTHING : assignment.title(),
                    new SubmissionInfo(source.name(), sha256, source.text()),
                    verdict,
                    score,
                    new DeviceInfo(device.kind().id(), device.name()),
                    request.seed(),
                    compiledBy,
                    Harness.info(),
                    diagnostics,
                    checks,
                    kernels,
                    performance,
                    printed,
                    message,
                    watch.laps());
        }
    }

    private static CheckResult notRun(CheckSpec check) {
        return new CheckResult(
                check.id(),
                check.title(),
                check.family(),
                check.visibility(),
                check.points(),
                0,
                CheckStatus.NOT_ASSESSED,
                NOTHING,
                null,
                List.of(),
                0);
    }

    /** What public checks made the submission print; a hidden one's output could tell its data. */
    private static String printed(List<CheckOutcome> outcomes) {
        List<String> texts = new ArrayList<>();
        for (CheckOutcome outcome : outcomes) {
            if (outcome.result().visibility() == Assignment.Visibility.PUBLIC) {
                texts.add(outcome.record().printed());
            }
        }
        String all = String.join("", texts);
        return all.length() > 64 << 10 ? all.substring(0, 64 << 10) : all;
    }

    private static String firstLine(CompileRejected rejected, String language) {
        return rejected.diagnostics().stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(d -> (d.at() == null ? "" : d.at() + ": ") + Words.in(language, d.message()))
                .findFirst()
                .orElse(rejected.log().lines().findFirst().orElse("no reason given"));
    }
}
