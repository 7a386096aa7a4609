package org.warpgrade.engine.result;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.Score;

/** The one place that decides what a student may not see. */
public final class Redaction {

    private Redaction() {}

    /**
     * The result as that audience may see it. For a student the seed goes, and of hidden checks the case, the values
     * and whatever they could be worked out from; coordinate, pattern, cause and the picture stay.
     */
    public static GradingResult forAudience(GradingResult result, Audience audience) {
        return switch (audience) {
            case INSTRUCTOR -> result;
            case STUDENT ->
                new GradingResult(
                        result.schema(),
                        result.assignment(),
                        result.title(),
                        result.submission(),
                        result.verdict(),
                        result.score(),
                        result.device(),
                        null,
                        result.compiler(),
                        result.harness(),
                        result.diagnostics(),
                        result.checks().stream().map(Redaction::forStudent).toList(),
                        result.kernels(),
                        result.performance(),
                        result.printed(),
                        result.message(),
                        result.timings());
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
        Text message = new Text(result.message().en() + gap + when.en(), result.message().zh() + when.zh());
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

    private static CheckResult forStudent(CheckResult check) {
        return check.visibility() == Visibility.PUBLIC
                ? check
                : new CheckResult(
                        check.id(),
                        check.title(),
                        check.family(),
                        check.visibility(),
                        check.points(),
                        check.earned(),
                        check.status(),
                        check.message(),
                        withoutData(check.diagnosis()),
                        check.findings(),
                        check.millis());
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
                        d.worstRatio(),
                        d.writer(),
                        d.map(),
                        d.mapRows(),
                        d.mapColumns(),
                        d.family(),
                        "");
    }
}
