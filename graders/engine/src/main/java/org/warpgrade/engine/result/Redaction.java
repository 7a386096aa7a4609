package org.warpgrade.engine.result;

import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.check.Diagnosis;
import org.warpgrade.engine.result.GradingResult.CheckResult;

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
