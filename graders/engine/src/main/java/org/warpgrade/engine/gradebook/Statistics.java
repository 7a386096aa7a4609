package org.warpgrade.engine.gradebook;

import java.util.Arrays;
import java.util.List;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.batch.Graded.CheckLine;
import org.warpgrade.engine.gradebook.Gradebook.CheckColumn;
import org.warpgrade.engine.gradebook.Gradebook.Spread;
import org.warpgrade.engine.result.CheckStatus;

/** What a class made of an assignment, over each student's attempt that counts. */
final class Statistics {

    private Statistics() {}

    static List<CheckColumn> checks(Assignment assignment, List<Graded> counted) {
        return assignment.checks().stream().map(check -> check(check, counted)).toList();
    }

    private static CheckColumn check(CheckSpec check, List<Graded> counted) {
        double[] passed = counted.stream()
                .mapToDouble(graded -> passes(graded, check.id()) ? 1 : 0)
                .toArray();
        double[] rest = counted.stream()
                .mapToDouble(graded -> graded.score().earned() - earned(graded, check.id()))
                .toArray();
        int passes = (int)
                counted.stream().filter(graded -> passes(graded, check.id())).count();
        return new CheckColumn(
                check.id(), check.title(), check.visibility(), check.points(), passes, correlation(passed, rest));
    }

    static boolean passes(Graded graded, String check) {
        return graded.checks().stream().anyMatch(c -> c.id().equals(check) && c.status() == CheckStatus.PASSED);
    }

    private static int earned(Graded graded, String check) {
        return graded.checks().stream()
                .filter(c -> c.id().equals(check))
                .mapToInt(CheckLine::earned)
                .sum();
    }

    /** Pearson's; with zeros and ones on one side it is the point-biserial correlation. NaN where a side does not vary. */
    static double correlation(double[] x, double[] y) {
        int n = x.length;
        double mx = 0;
        double my = 0;
        for (int i = 0; i < n; i++) {
            mx += x[i] / n;
            my += y[i] / n;
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }
        return xx < 1e-9 || yy < 1e-9 ? Double.NaN : xy / Math.sqrt(xx * yy);
    }

    static Spread spread(double[] points) {
        if (points.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double[] sorted = points.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (double value : sorted) {
            sum += value;
        }
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(sum / sorted.length, median, sorted[0], sorted[sorted.length - 1]);
    }
}
