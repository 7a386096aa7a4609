package org.warpgrade.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult.CheckResult;
import org.warpgrade.engine.result.GradingResult.Score;
import org.warpgrade.engine.result.GradingResult.SpeedPoints;
import org.warpgrade.engine.result.Verdict;

/** From checks to points and a verdict. */
final class Scoring {

    private Scoring() {}

    /** Points earned of those assessed. Where a harness fault left a check open no points are given or taken. */
    static Score score(List<CheckResult> checks) {
        if (any(checks, CheckStatus.HARNESS_ERROR)) {
            return new Score(0, 0);
        }
        int earned = checks.stream().mapToInt(CheckResult::earned).sum();
        int possible = checks.stream()
                .filter(c -> c.status() != CheckStatus.NOT_ASSESSED)
                .mapToInt(CheckResult::points)
                .sum();
        return new Score(earned, possible);
    }

    /** With the points for speed, where they were assessed; where no points of checks count, none of speed do. */
    static Score with(@Nullable SpeedPoints speed, Score checks) {
        return speed == null || !speed.assessed() || checks.possible() == 0
                ? checks
                : new Score(checks.earned() + speed.earned(), checks.possible() + speed.possible());
    }

    /** The gravest thing that happened; our own fault before all, since it makes the rest unreliable. */
    static Verdict verdict(List<CheckResult> checks) {
        return Verdict.of(checks.stream().map(CheckResult::status).toList());
    }

    private static boolean any(List<CheckResult> checks, CheckStatus status) {
        return checks.stream().anyMatch(c -> c.status() == status);
    }
}
