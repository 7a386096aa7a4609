package org.warpgrade.engine.mutation;

import java.time.Duration;
import java.util.Map;
import org.warpgrade.engine.bench.TimeBudget;

/**
 * What the reference itself needs, by which its mutants are told from programs that never end: the limits of grading are
 * for work much heavier than any case, and every endless mutant would run into them.
 *
 * @param code digest of what the compiler makes of the reference
 * @param seconds processor time of each check
 */
record Baseline(String code, Map<String, Double> seconds) {

    /** A run of a mutant may take this many times what the reference takes for all runs of the check. */
    private static final double PATIENCE = 10;

    /** Compiling a kernel and running it cold is noise of tens of milliseconds on a busy machine. */
    private static final double LEAST_SECONDS = 0.5;

    private static final Duration CHECK = Duration.ofMinutes(5);

    Baseline {
        seconds = Map.copyOf(seconds);
    }

    /** Seconds of processor time that one run may take. */
    double limit(String check) {
        return Math.max(LEAST_SECONDS, PATIENCE * seconds.getOrDefault(check, 0.0));
    }

    TimeBudget budget(String check) {
        Duration run = Duration.ofNanos((long) (1e9 * limit(check)));
        return new TimeBudget(run, CHECK, run);
    }
}
