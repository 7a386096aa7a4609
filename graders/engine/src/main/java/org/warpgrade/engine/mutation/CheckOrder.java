package org.warpgrade.engine.mutation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.assignments.Assignment.CheckSpec;

/**
 * In which order a mutant meets the checks of its assignment: first the one that promises most kills for its time, by the
 * kills so far, those of the same line before all others. Safe for use by several threads.
 */
final class CheckOrder {

    /** A kill on the same line of the same file says as much as this many elsewhere. */
    private static final double SAME_LINE = 20;

    /** A check that never killed is worth a try after the others. */
    private static final double NEVER = 0.5;

    private final Map<String, Double> kills = new HashMap<>();
    private final Map<String, Double> millis = new HashMap<>();

    /** Notes that a check killed a mutant of that line. */
    synchronized void killed(String check, String file, String code) {
        kills.merge(check, 1.0, Double::sum);
        kills.merge(onLine(check, file, code), SAME_LINE, Double::sum);
    }

    /** Notes how long a check took that saw nothing; quick ones come first among those that kill alike. */
    synchronized void passed(String check, double took) {
        millis.merge(check, took, (before, now) -> (3 * before + now) / 4);
    }

    /** The checks, the most promising one first. */
    synchronized List<CheckSpec> of(List<CheckSpec> checks, String file, String code) {
        Map<String, Double> worth = new HashMap<>();
        checks.forEach(check -> worth.put(check.id(), worth(check.id(), file, code)));
        List<CheckSpec> ordered = new ArrayList<>(checks);
        ordered.sort(Comparator.comparingDouble(check -> -worth.getOrDefault(check.id(), 0.0)));
        return ordered;
    }

    private double worth(String check, String file, String code) {
        double promised = NEVER + kills.getOrDefault(check, 0.0) + kills.getOrDefault(onLine(check, file, code), 0.0);
        return promised / Math.max(1, millis.getOrDefault(check, 1.0));
    }

    private static String onLine(String check, String file, String code) {
        return check + ' ' + file + ' ' + code;
    }
}
