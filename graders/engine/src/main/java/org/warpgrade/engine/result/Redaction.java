package org.warpgrade.engine.result;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.CountedRun;
import org.warpgrade.engine.result.GradingResult.DeviceInfo;
import org.warpgrade.engine.result.GradingResult.KernelInfo;
import org.warpgrade.engine.result.GradingResult.PerformanceInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Finding;
import org.warpgrade.gpu.SourceLocation;
import org.warpgrade.gpu.Words;

/** The one place that decides what a student may not see. */
public final class Redaction {

    /** The words of an exception may hold a path, a value or a line of an oracle. */
    private static final Text OUR_FAULT = new Text(
            "The grader could not judge this; it is not your fault. Please tell your instructor.",
            "评分程序无法判定，这不是你的问题。请告知教师。");

    private static final Text SPEED_FAULT =
            new Text("Not assessed: the measurement failed, which is not your fault.", "未评定：测量失败，这不是你的问题。");
    /** An address, or four digits and more that are no line, no part of a name and no coordinate of a thread. */
    private static final Pattern LARGE_NUMBER =
            Pattern.compile("(?<=0x)[0-9a-fA-F]{4,}|(?<![\\w.:])(?<!line |lines |第 )\\d{4,}(?:\\.\\d+)?(?![\\w,)])");

    private Redaction() {}

    /**
     * The result as that audience may see it. For a student the seed goes, the words of our own failures, the paths of
     * this machine, and of hidden checks the case, the values and whatever they could be worked out from; coordinate,
     * pattern, cause and the picture stay.
     */
    public static GradingResult forAudience(GradingResult result, Audience audience) {
        return switch (audience) {
            case INSTRUCTOR -> result;
            case STUDENT -> forStudent(result);
        };
    }

    /**
     * The result before students are told of hidden checks: only public ones, with the points and the verdict of those alone.
     *
     * @param when told instead, for example that hidden checks are shown after the deadline
     */
    public static GradingResult withoutHidden(GradingResult result, Text when) {
        List<CheckResult> shown = result.checks().stream()
                .filter(check -> check.visibility() == Visibility.PUBLIC)
                .toList();
        List<CheckStatus> statuses = shown.stream().map(CheckResult::status).toList();
        Verdict verdict = switch (result.verdict()) {
            case PASSED, FAILED, FAULTED, TIMED_OUT -> Verdict.of(statuses);
            case COMPILE_ERROR, REJECTED, HARNESS_ERROR -> result.verdict();
        };
        Score score = new Score(
                shown.stream().mapToInt(CheckResult::earned).sum(),
                shown.stream().mapToInt(CheckResult::points).sum());
        String gap = result.message().en().isEmpty() ? "" : " ";
        Text message = new Text(
                result.message().en() + gap + when.en(), result.message().zh() + when.zh());
        return new GradingResult(
                result.schema(),
                result.assignment(),
                result.title(),
                result.submission(),
                verdict,
                score,
                result.device(),
                null,
                result.compiler(),
                result.harness(),
                result.diagnostics(),
                shown,
                List.of(),
                null,
                result.printed(),
                message,
                result.timings());
    }

    private static GradingResult forStudent(GradingResult result) {
        Set<String> hidden = result.checks().stream()
                .filter(check -> check.visibility() == Visibility.HIDDEN)
                .map(CheckResult::id)
                .collect(Collectors.toSet());
        return new GradingResult(
                result.schema(),
                result.assignment(),
                result.title(),
                result.submission(),
                result.verdict(),
                result.score(),
                new DeviceInfo(
                        result.device().kind(), HostPaths.hidden(result.device().name())),
                null,
                HostPaths.hidden(result.compiler()),
                result.harness(),
                result.diagnostics().stream().map(Redaction::withoutPaths).toList(),
                result.checks().stream().map(Redaction::forStudent).toList(),
                result.kernels().stream()
                        .map(kernel -> forStudent(kernel, hidden))
                        .toList(),
                forStudent(result.performance(), result.device().kind()),
                result.printed(),
                result.verdict() == Verdict.HARNESS_ERROR ? OUR_FAULT : withoutPaths(result.message()),
                result.timings());
    }

    /** Where there is a GPU and no points were assessed, the words are those of a failure of ours. */
    private static @Nullable PerformanceInfo forStudent(@Nullable PerformanceInfo performance, String device) {
        SpeedPoints points = performance == null ? null : performance.points();
        if (points == null) {
            return performance;
        }
        boolean ours = !points.assessed() && device.equals("cuda");
        return performance.withPoints(new SpeedPoints(
                points.earned(),
                points.possible(),
                points.assessed(),
                ours ? SPEED_FAULT : withoutPaths(points.message())));
    }

    private static CheckResult forStudent(CheckResult check) {
        boolean hidden = check.visibility() == Visibility.HIDDEN;
        Text told = hidden ? withoutLargeNumbers(check.message(), check.findings()) : check.message();
        return new CheckResult(
                check.id(),
                check.title(),
                check.family(),
                check.visibility(),
                check.points(),
                check.earned(),
                check.status(),
                check.status() == CheckStatus.HARNESS_ERROR ? OUR_FAULT : withoutPaths(told),
                hidden ? withoutData(check.diagnosis()) : check.diagnosis(),
                check.findings().stream()
                        .map(finding -> hidden ? withoutLargeNumbers(finding) : finding)
                        .map(Redaction::withoutPaths)
                        .toList(),
                check.millis());
    }

    /**
     * A program chooses how far it reads past the end of a buffer, and can choose a hidden input for that. Large numbers in
     * what was found go, where they are no line and no coordinate; small ones tell of an ordinary mistake and stay.
     */
    private static Finding withoutLargeNumbers(Finding f) {
        return new Finding(
                f.kind(), f.severity(), f.at(), f.kernel(), f.block(), f.thread(), withoutLargeNumbers(f.message()));
    }

    /** The same in a message, which quotes its findings in both languages. */
    private static Text withoutLargeNumbers(Text message, List<Finding> findings) {
        String en = message.en();
        String zh = message.zh();
        for (Finding finding : findings) {
            String chinese = Words.in("zh", finding.message());
            en = en.replace(finding.message(), withoutLargeNumbers(finding.message()));
            zh = zh.replace(chinese, withoutLargeNumbers(chinese));
        }
        return new Text(en, zh);
    }

    private static String withoutLargeNumbers(String text) {
        return LARGE_NUMBER.matcher(text).replaceAll("…");
    }

    /**
     * The power of ten below it: where a program knows the right answer and spoils one element on purpose, the exact ratio
     * is whatever it likes, and with the formula of the bound it is the expected value.
     */
    private static double magnitude(double ratio) {
        return Double.isFinite(ratio) && ratio > 1
                ? Double.parseDouble("1e" + (int) Math.floor(Math.log10(ratio)))
                : ratio;
    }

    /** Error and bound go too: the bound is a function of the expected value. */
    private static @Nullable Diagnosis withoutData(@Nullable Diagnosis d) {
        return d == null
                ? null
                : new Diagnosis(
                        d.tensor(),
                        d.shape(),
                        d.coordinate(),
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        d.tolerance(),
                        d.wrong(),
                        d.total(),
                        d.pattern(),
                        d.likelyCause(),
                        magnitude(d.worstRatio()),
                        d.writer(),
                        d.map(),
                        d.mapRows(),
                        d.mapColumns(),
                        d.family(),
                        "",
                        d.blocks());
    }

    /** Counts stay, the case that they were taken from goes if it is a hidden check's. */
    private static KernelInfo forStudent(KernelInfo k, Set<String> hidden) {
        CountedRun counted = k.counted();
        boolean tells = counted != null && hidden.contains(counted.check());
        return new KernelInfo(
                k.name(),
                k.displayName(),
                k.line(),
                k.registers(),
                k.spillBytes(),
                k.sharedBytes(),
                k.blockThreads(),
                k.launches(),
                k.occupancy(),
                k.counters(),
                k.lines(),
                tells
                        ? new CountedRun(
                                counted.check(), "", counted.launches(), counted.blocks(), counted.countedBlocks())
                        : counted);
    }

    private static Text withoutPaths(Text text) {
        return new Text(HostPaths.hidden(text.en()), HostPaths.hidden(text.zh()));
    }

    private static Diagnostic withoutPaths(Diagnostic d) {
        return new Diagnostic(d.severity(), withoutPaths(d.at()), HostPaths.hidden(d.message()));
    }

    private static Finding withoutPaths(Finding f) {
        return new Finding(
                f.kind(),
                f.severity(),
                withoutPaths(f.at()),
                f.kernel(),
                f.block(),
                f.thread(),
                HostPaths.hidden(f.message()));
    }

    private static @Nullable SourceLocation withoutPaths(@Nullable SourceLocation at) {
        return at == null ? null : new SourceLocation(HostPaths.hidden(at.file()), at.line(), at.column());
    }
}
