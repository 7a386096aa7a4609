package org.warpgrade.reports.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Row;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;

/** Who stands apart, each with the reason in words: someone to talk to, not a verdict. */
final class Outliers {

    /** An outlier is further from the median than this many median deviations: 3.5 is Iglewicz and Hoaglin's advice. */
    private static final double FAR = 3.5;

    /** Makes the median deviation comparable with a standard deviation. */
    private static final double SCALE = 0.6745;

    private static final int MOST = 40;
    private static final int FEWEST = 8;

    /** One who stands apart: whose row, in which assignment, why. */
    record Outlier(Row row, String assignment, String reason) {}

    private Outliers() {}

    static List<Outlier> of(Gradebook book, Messages messages) {
        List<Outlier> all = new ArrayList<>();
        for (int i = 0; i < book.assignments().size(); i++) {
            points(book, i, messages, all);
            publicOnly(book, i, messages, all);
            slow(book, i, messages, all);
        }
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static void points(Gradebook book, int index, Messages messages, List<Outlier> all) {
        double[] points = values(book, index, Grade::points);
        double median = median(points);
        double deviation =
                median(Arrays.stream(points).map(p -> Math.abs(p - median)).toArray());
        if (points.length < FEWEST || deviation == 0) {
            return;
        }
        for (Row row : book.students()) {
            Grade grade = row.grades().get(index);
            double z = SCALE * (grade.points() - median) / deviation;
            if (grade.counted() != null && Math.abs(z) > FAR) {
                String reason = messages.text("outlier.points", Numbers.plain(grade.points()), Numbers.plain(median));
                all.add(new Outlier(row, grade.assignment(), reason));
            }
        }
    }

    private static void publicOnly(Gradebook book, int index, Messages messages, List<Outlier> all) {
        for (Row row : book.students()) {
            Grade grade = row.grades().get(index);
            if (fitsPublicOnly(grade)) {
                all.add(new Outlier(row, grade.assignment(), messages.text("outlier.public")));
            }
        }
    }

    private static void slow(Gradebook book, int index, Messages messages, List<Outlier> all) {
        double[] millis = values(book, index, grade -> millis(grade.counted()));
        double median = median(millis);
        if (millis.length < FEWEST) {
            return;
        }
        for (Row row : book.students()) {
            Grade grade = row.grades().get(index);
            double mine = millis(grade.counted());
            if (mine > 10 * median && mine > 2000) {
                String reason = messages.text("outlier.slow", Numbers.duration(mine), Numbers.duration(median));
                all.add(new Outlier(row, grade.assignment(), reason));
            }
        }
    }

    /** All public checks pass, and at most a quarter of the hidden points is earned. */
    static boolean fitsPublicOnly(Grade grade) {
        Try counted = grade.counted();
        if (counted == null) {
            return false;
        }
        Graded graded = counted.graded();
        List<Graded.CheckLine> open = graded.checks().stream()
                .filter(c -> c.visibility() == Visibility.PUBLIC)
                .toList();
        List<Graded.CheckLine> hidden = graded.checks().stream()
                .filter(c -> c.visibility() == Visibility.HIDDEN)
                .toList();
        int earned = hidden.stream().mapToInt(Graded.CheckLine::earned).sum();
        int points = hidden.stream().mapToInt(Graded.CheckLine::points).sum();
        return !open.isEmpty()
                && points > 0
                && open.stream().allMatch(c -> c.status() == CheckStatus.PASSED)
                && 4 * earned <= points;
    }

    private static double millis(@Nullable Try counted) {
        return counted == null ? 0 : counted.graded().millis();
    }

    /** A number of each grade that counts. */
    private interface Of {
        double value(Grade grade);
    }

    private static double[] values(Gradebook book, int index, Of of) {
        return book.students().stream()
                .map(row -> row.grades().get(index))
                .filter(grade -> grade.counted() != null)
                .mapToDouble(of::value)
                .sorted()
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
