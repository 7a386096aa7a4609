package org.warpgrade.engine.result;

import java.time.Instant;
import org.warpgrade.engine.result.GradingResult.Score;

/**
 * One of a student's tries at an assignment: what a curve over time needs, free of hidden data.
 *
 * @param when when it was graded, or handed in where that is known
 * @param score points earned and possible
 * @param verdict how it ended
 * @param sha256 the hash of the submitted file: the same file graded again is no new attempt
 */
public record Attempt(Instant when, Score score, Verdict verdict, String sha256) {

    public static Attempt of(GradingResult result, Instant when) {
        return new Attempt(
                when, result.score(), result.verdict(), result.submission().sha256());
    }

    /** Points earned over points possible, 0 where none are possible. */
    public double fraction() {
        return score.possible() == 0 ? 0 : (double) score.earned() / score.possible();
    }
}
