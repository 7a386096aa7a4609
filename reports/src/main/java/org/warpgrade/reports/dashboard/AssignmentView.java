package org.warpgrade.reports.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.Gradebook.CheckColumn;
import org.warpgrade.engine.gradebook.Gradebook.Column;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.html.Pages;
import org.warpgrade.reports.html.Svg;

/** One assignment of the class, for the template. */
public final class AssignmentView {

    /** A curve over more days than this says less than its table. */
    private static final int MOST_DAYS = 60;

    private final Gradebook book;
    private final Column column;
    private final List<Grade> grades;
    private final Messages messages;

    AssignmentView(Gradebook book, Column column, Messages messages) {
        this.book = book;
        this.column = column;
        this.messages = messages;
        int index = book.assignments().indexOf(column);
        this.grades =
                book.students().stream().map(row -> row.grades().get(index)).toList();
    }

    public String id() {
        return column.id();
    }

    public String title() {
        return column.title().in(messages.language());
    }

    public int points() {
        return column.points();
    }

    public int handedIn() {
        return column.handedIn();
    }

    public String mean() {
        return number(column.spread().mean());
    }

    public String median() {
        return number(column.spread().median());
    }

    public String due() {
        Instant due = column.due();
        return due == null ? "" : Times.minute(due, book.zone());
    }

    /** How many ended with each verdict, the frequent ones first. */
    public List<Map.Entry<String, Long>> verdicts() {
        Map<Verdict, Long> counts = new TreeMap<>();
        tries().forEach(attempt -> counts.merge(attempt.graded().verdict(), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(e -> Map.entry(messages.text("verdict." + e.getKey().id()), e.getValue()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private List<Try> tries() {
        List<Try> counted = new ArrayList<>();
        for (Grade grade : grades) {
            if (grade.counted() != null) {
                counted.add(grade.counted());
            }
        }
        return counted;
    }

    public Histogram histogram() {
        double[] values = grades.stream()
                .filter(grade -> grade.counted() != null)
                .mapToDouble(Grade::points)
                .toArray();
        return Histogram.of(values, column.points());
    }

    public Object histogramPicture() {
        return Pages.markup(histogram().picture(messages));
    }

    public List<CheckColumn> checks() {
        return column.checks();
    }

    public String checkTitle(CheckColumn check) {
        return check.title().in(messages.language());
    }

    public String visibility(CheckColumn check) {
        return messages.text("visibility." + check.visibility().name().toLowerCase(Locale.ROOT));
    }

    /** Whether everybody who handed in failed it: more likely the check's fault, or the handout's, than theirs. */
    public boolean nobodyPasses(CheckColumn check) {
        return column.handedIn() > 0 && check.passed() == 0;
    }

    public String rate(CheckColumn check) {
        return column.handedIn() == 0 ? "–" : Numbers.percent((double) check.passed() / column.handedIn());
    }

    public Object rateBar(CheckColumn check) {
        double part = column.handedIn() == 0 ? 0 : (double) check.passed() / column.handedIn();
        Svg svg = new Svg(120, 10, "rate", rate(check));
        svg.rectangle(0, 0, 120, 10, 3, "fraction-room", "#d9dee4");
        svg.rectangle(0, 0, 120 * part, 10, 3, part == 0 ? "bar-none" : "bar-rate", "#2da44e");
        return Pages.markup(svg.close());
    }

    public String discrimination(CheckColumn check) {
        return Double.isNaN(check.discrimination()) ? "–" : String.format(Locale.ROOT, "%.2f", check.discrimination());
    }

    /** Points by number of the attempt; null where nobody tried twice. */
    public @Nullable Curve attempts() {
        List<double[]> sums = new ArrayList<>();
        for (Grade grade : grades) {
            for (int i = 0; i < grade.attempts().size(); i++) {
                if (i == sums.size()) {
                    sums.add(new double[2]);
                }
                sums.get(i)[0] += grade.attempts().get(i).graded().score().earned();
                sums.get(i)[1]++;
            }
        }
        if (sums.size() < 2) {
            return null;
        }
        List<Curve.Point> points = new ArrayList<>();
        for (double[] sum : sums) {
            points.add(new Curve.Point(Integer.toString(points.size() + 1), sum[0] / sum[1], (int) sum[1]));
        }
        return new Curve(points);
    }

    /** Points by the day of the hand-in; null where fewer than two days are known. */
    public @Nullable Curve days() {
        Map<LocalDate, double[]> sums = new TreeMap<>();
        for (Grade grade : grades) {
            for (Try attempt : grade.attempts()) {
                Instant when = attempt.graded().submitted();
                if (when != null) {
                    double[] sum = sums.computeIfAbsent(when.atZone(book.zone()).toLocalDate(), day -> new double[2]);
                    sum[0] += attempt.graded().score().earned();
                    sum[1]++;
                }
            }
        }
        if (sums.size() < 2 || sums.size() > MOST_DAYS) {
            return null;
        }
        List<Curve.Point> points = new ArrayList<>();
        sums.forEach((day, sum) -> points.add(
                new Curve.Point(day.getMonthValue() + "-" + day.getDayOfMonth(), sum[0] / sum[1], (int) sum[1])));
        return new Curve(points);
    }

    public Object curvePicture(Curve curve, String key) {
        StringBuilder all = new StringBuilder();
        curve.points()
                .forEach(p -> all.append(all.isEmpty() ? "" : ", ")
                        .append(p.name())
                        .append(": ")
                        .append(number(p.value())));
        return Pages.markup(curve.picture(messages.text(key, all), column.points()));
    }

    public String number(double value) {
        return Double.isNaN(value) ? "–" : Inert.line(Svg.number(Math.round(value * 10) / 10.0));
    }
}
