package org.warpgrade.reports.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.warpgrade.assignments.ClassPlan.Attempts;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.Gradebook.CheckColumn;
import org.warpgrade.engine.gradebook.Gradebook.Column;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Row;
import org.warpgrade.engine.gradebook.Gradebook.State;
import org.warpgrade.engine.gradebook.Gradebook.Trouble;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.handin.Skipped;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.html.Svg;

/** What the dashboard's template asks for: the gradebook as it is shown. Text of students and rosters is made inert here. */
public final class DashboardView {

    /** Longer lists say less; the gradebook has all. */
    private static final int MOST_LISTED = 60;

    private final Gradebook book;
    private final Map<String, List<SimilarPair>> similar;
    private final boolean reports;
    private final boolean byPoints;
    private final Messages messages;

    DashboardView(
            Gradebook book,
            Map<String, List<SimilarPair>> similar,
            boolean reports,
            boolean byPoints,
            Messages messages) {
        this.book = book;
        this.similar = similar;
        this.reports = reports;
        this.byPoints = byPoints;
        this.messages = messages;
    }

    public String title() {
        return book.title().isEmpty() ? messages.text("dashboard.title") : Inert.line(book.title());
    }

    public boolean byPoints() {
        return byPoints;
    }

    public int students() {
        return book.students().size();
    }

    /** Attempts that have a result. */
    public int attempts() {
        return book.students().stream()
                .flatMap(row -> row.grades().stream())
                .mapToInt(grade -> grade.attempts().size())
                .sum();
    }

    public String policy() {
        return messages.text(book.attempts() == Attempts.BEST ? "dashboard.best" : "dashboard.last");
    }

    public String zone() {
        return book.zone().getId();
    }

    public List<AssignmentView> assignments() {
        return book.assignments().stream()
                .map(column -> new AssignmentView(book, column, messages))
                .toList();
    }

    public List<Trouble> faults() {
        return book.faults().stream()
                .limit(MOST_LISTED)
                .map(f -> new Trouble(
                        Inert.line(f.student()), f.assignment(), Inert.line(f.origin()), Inert.line(f.reason())))
                .toList();
    }

    public List<Skipped> skipped() {
        return book.skipped().stream()
                .limit(MOST_LISTED)
                .map(s -> new Skipped(Inert.line(s.origin()), Inert.line(s.reason())))
                .toList();
    }

    /** How many of a list are not shown. */
    public int faultsLeft() {
        return Math.max(0, book.faults().size() - MOST_LISTED);
    }

    public int skippedLeft() {
        return Math.max(0, book.skipped().size() - MOST_LISTED);
    }

    /** Checks that nobody passes, as {@code op-softmax H3 Large rows}. */
    public List<String> nobodyPasses() {
        List<String> all = new ArrayList<>();
        for (Column column : book.assignments()) {
            for (CheckColumn check : column.checks()) {
                if (column.handedIn() > 0 && check.passed() == 0) {
                    all.add(column.id() + " " + check.id() + " · "
                            + check.title().in(messages.language()));
                }
            }
        }
        return all;
    }

    public List<String> strangers() {
        return book.students().stream()
                .filter(row -> !row.enrolled())
                .map(row -> Inert.line(row.student().id()))
                .limit(MOST_LISTED)
                .toList();
    }

    /** A pair of alike works as a line of the table. */
    public record Pair(
            String assignment, String first, String second, String score, int symbols, int regions, String link) {}

    /** How many pairs are shown without asking. */
    public int pairsShown() {
        return 15;
    }

    public List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        similar.forEach((assignment, found) -> {
            for (int i = 0; i < found.size(); i++) {
                SimilarPair pair = found.get(i);
                pairs.add(new Pair(
                        assignment,
                        Inert.line(pair.first().owner()),
                        Inert.line(pair.second().owner()),
                        Numbers.percent(pair.score()),
                        pair.symbols(),
                        pair.regions().size(),
                        i < Dashboard.MOST_PAIRS ? Dashboard.pairPage(assignment, i) : ""));
            }
        });
        return pairs.subList(0, Math.min(pairs.size(), 4 * MOST_LISTED));
    }

    /** One who stands apart, for the table. */
    public record Apart(String student, String assignment, String reason, String link) {}

    public List<Apart> outliers() {
        return Outliers.of(book, messages).stream()
                .map(o -> new Apart(person(o.row()), o.assignment(), o.reason(), link(grade(o.row(), o.assignment()))))
                .toList();
    }

    /** A student's line. */
    public record Line(String id, String name, List<Cell> cells, String total) {}

    /**
     * A grade in the table.
     *
     * @param points as shown, a dash where there is nothing
     * @param mark a letter or two that says what a number does not; empty for an ordinary grade
     * @param words the mark in words
     * @param link to the report, empty where there is none
     */
    public record Cell(String points, String mark, String words, String link) {}

    public List<Line> lines() {
        Comparator<Row> byId = Comparator.comparing(row -> row.student().id());
        Comparator<Row> order =
                byPoints ? Comparator.comparingDouble(Row::total).reversed().thenComparing(byId) : byId;
        return book.students().stream().sorted(order).map(this::line).toList();
    }

    private Line line(Row row) {
        return new Line(
                Inert.line(row.student().id()),
                Inert.line(row.student().name()),
                row.grades().stream().map(this::cell).toList(),
                number(row.total()));
    }

    private Cell cell(Grade grade) {
        String points = grade.state() == State.GRADED || grade.decision() != null ? number(grade.points()) : "–";
        String key = mark(grade);
        return key.isEmpty()
                ? new Cell(points, "", "", link(grade))
                : new Cell(points, messages.text("mark." + key), messages.text("mark." + key + ".words"), link(grade));
    }

    /** What the number alone does not tell, the weightiest first. */
    private static String mark(Grade grade) {
        if (grade.decision() != null) {
            return "decided";
        }
        Try counted = grade.counted();
        if (counted == null) {
            return grade.state() == State.UNGRADED ? "ungraded" : "";
        }
        Verdict verdict = counted.graded().verdict();
        return switch (verdict) {
            case COMPILE_ERROR, REJECTED, TIMED_OUT, FAULTED -> verdict.id();
            case PASSED, FAILED -> counted.lateDays() > 0 ? "late" : "";
            case HARNESS_ERROR -> "ungraded";
        };
    }

    /** The marks that the table uses, with their words, for the legend. */
    public List<Cell> legend() {
        List<String> keys = new ArrayList<>();
        book.students()
                .forEach(row -> row.grades().forEach(grade -> {
                    String key = mark(grade);
                    if (!key.isEmpty() && !keys.contains(key)) {
                        keys.add(key);
                    }
                }));
        keys.sort(Comparator.naturalOrder());
        return keys.stream()
                .map(key -> new Cell("", messages.text("mark." + key), messages.text("mark." + key + ".words"), ""))
                .toList();
    }

    private String link(Grade grade) {
        Try counted = grade.counted();
        return !reports || counted == null ? "" : encoded(counted.graded().folder()) + "/index.html";
    }

    /** Folder names hold letters, digits and {@code ._@+=~-} only, of which browsers misread none but the percent-free plus. */
    private static String encoded(String folder) {
        return folder.replace("+", "%2B");
    }

    private Grade grade(Row row, String assignment) {
        return row.grades().stream()
                .filter(grade -> grade.assignment().equals(assignment))
                .findFirst()
                .orElseThrow();
    }

    private static String person(Row row) {
        String name = Inert.line(row.student().name());
        String id = Inert.line(row.student().id());
        return name.isEmpty() ? id : name + " (" + id + ")";
    }

    private static String number(double value) {
        return Svg.number(value).toLowerCase(Locale.ROOT);
    }
}
