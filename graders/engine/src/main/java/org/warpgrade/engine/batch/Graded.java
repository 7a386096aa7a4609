package org.warpgrade.engine.batch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.Verdict;

/**
 * What a gradebook needs to know of one graded hand-in: {@code job.json} beside its {@code result.json}.
 *
 * @param student the owner's id
 * @param name the owner's name as the hand-in told it, empty where unknown
 * @param assignment the assignment's id
 * @param sha256 of the file's bytes
 * @param origin the file's place in what was handed in
 * @param submitted when it was handed in; null where unknown
 * @param markedLate whether the platform marked it late
 * @param gradedAt when this result was made
 * @param harness the WarpGrade that made it
 * @param verdict how it ended; never {@link Verdict#HARNESS_ERROR}
 * @param score points earned and possible, before lateness
 * @param checks every check in order
 * @param millis how long the grading took
 * @param folder the result's folder relative to the output folder; empty until it is stored
 */
public record Graded(
        String student,
        String name,
        String assignment,
        String sha256,
        String origin,
        @Nullable Instant submitted,
        boolean markedLate,
        Instant gradedAt,
        HarnessInfo harness,
        Verdict verdict,
        Score score,
        List<CheckLine> checks,
        double millis,
        String folder) {

    /**
     * One check's outcome.
     *
     * @param id the check's id
     * @param visibility public or hidden
     * @param status how it ended
     * @param earned its points
     * @param points what it is worth
     */
    public record CheckLine(String id, Visibility visibility, CheckStatus status, int earned, int points) {}

    static Graded of(Job job, GradingResult result, Instant now) {
        List<CheckLine> checks = result.checks().stream()
                .map(c -> new CheckLine(c.id(), c.visibility(), c.status(), c.earned(), c.points()))
                .toList();
        double millis = result.timings().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return new Graded(
                job.handIn().student().id(),
                job.handIn().student().name(),
                job.assignment(),
                job.sha256(),
                job.handIn().origin(),
                job.handIn().submitted(),
                job.handIn().markedLate(),
                now,
                result.harness(),
                result.verdict(),
                result.score(),
                checks,
                millis,
                "");
    }

    Graded in(String place) {
        return new Graded(
                student,
                name,
                assignment,
                sha256,
                origin,
                submitted,
                markedLate,
                gradedAt,
                harness,
                verdict,
                score,
                checks,
                millis,
                place);
    }

    /** The same result with what is known now of the hand-in: a time that an earlier export did not tell. */
    public Graded handedIn(@Nullable Instant when, boolean late) {
        return new Graded(
                student,
                name,
                assignment,
                sha256,
                origin,
                when,
                late,
                gradedAt,
                harness,
                verdict,
                score,
                checks,
                millis,
                folder);
    }
}
