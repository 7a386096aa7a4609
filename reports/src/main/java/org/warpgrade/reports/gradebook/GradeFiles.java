package org.warpgrade.reports.gradebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.gradebook.Gradebook;
import org.warpgrade.engine.gradebook.Gradebook.Column;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Row;
import org.warpgrade.engine.gradebook.Gradebook.State;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.handin.Student;

/**
 * The gradebook as CSV: one table for people, and one for each platform's import. What is missing or could not be graded is an
 * empty cell there, which no platform takes for a zero.
 */
public final class GradeFiles {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private GradeFiles() {}

    /** Every file by its name. */
    public static Map<String, String> all(Gradebook book) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("gradebook.csv", table(book));
        files.put("canvas.csv", canvas(book));
        files.put("moodle.csv", moodle(book));
        if (book.students().stream().anyMatch(row -> !row.student().platformId().isEmpty())) {
            book.assignments()
                    .forEach(column -> files.put("moodle-worksheet-" + column.id() + ".csv", worksheet(book, column)));
        }
        return files;
    }

    /** One line for each student and assignment, with the derivation of the points. */
    static String table(Gradebook book) {
        SafeCsv csv = new SafeCsv();
        csv.row(List.of(
                "student",
                "name",
                "section",
                "assignment",
                "state",
                "verdict",
                "earned",
                "possible",
                "points",
                "submitted",
                "late days",
                "attempts",
                "derivation",
                "sha256"));
        for (Row row : book.students()) {
            for (Grade grade : row.grades()) {
                csv.row(line(book.zone(), row.student(), grade));
            }
        }
        return csv.close();
    }

    private static List<String> line(ZoneId zone, Student student, Grade grade) {
        Try counted = grade.counted();
        List<String> cells = new ArrayList<>(List.of(
                student.id(),
                student.name(),
                student.section(),
                grade.assignment(),
                grade.state().name().toLowerCase(Locale.ROOT)));
        if (counted == null) {
            cells.addAll(List.of("", "", "", grade.decision() == null ? "" : number(grade.points()), "", ""));
        } else {
            cells.addAll(List.of(
                    counted.graded().verdict().id(),
                    Integer.toString(counted.graded().score().earned()),
                    Integer.toString(counted.graded().score().possible()),
                    number(grade.points()),
                    time(counted.graded().submitted(), zone),
                    Integer.toString(counted.lateDays())));
        }
        cells.addAll(List.of(
                Integer.toString(grade.attempts().size()),
                grade.derivation().en(),
                counted == null ? "" : counted.graded().sha256()));
        return cells;
    }

    /**
     * What Canvas' gradebook imports: five columns that name the student, of which one is enough, then one column an
     * assignment; the second row says what each is worth.
     */
    static String canvas(Gradebook book) {
        SafeCsv csv = new SafeCsv();
        List<String> head = new ArrayList<>(List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section"));
        List<String> possible = new ArrayList<>(List.of("Points Possible", "", "", "", ""));
        for (Column column : book.assignments()) {
            head.add(column.title().en());
            possible.add(Integer.toString(column.points()));
        }
        csv.row(head).row(possible);
        for (Row row : book.students()) {
            Student student = row.student();
            String login = student.login().isEmpty() && student.platformId().isEmpty() ? student.id() : student.login();
            List<String> cells = new ArrayList<>(
                    List.of(name(student), student.platformId(), student.sisId(), login, student.section()));
            row.grades().forEach(grade -> cells.add(points(grade)));
            csv.row(cells);
        }
        return csv.close();
    }

    /** What Moodle's gradebook imports: students by e-mail address or ID number, then one column an assignment. */
    static String moodle(Gradebook book) {
        SafeCsv csv = new SafeCsv();
        List<String> head = new ArrayList<>(List.of("Full name", "ID number", "Email address"));
        book.assignments().forEach(column -> head.add(column.title().en()));
        csv.row(head);
        for (Row row : book.students()) {
            Student student = row.student();
            String number = student.sisId().isEmpty() ? student.id() : student.sisId();
            List<String> cells = new ArrayList<>(List.of(name(student), number, student.email()));
            row.grades().forEach(grade -> cells.add(points(grade)));
            csv.row(cells);
        }
        return csv.close();
    }

    /** Moodle's grading worksheet of one assignment, as it gives it out and takes it back, with feedback. */
    static String worksheet(Gradebook book, Column column) {
        SafeCsv csv = new SafeCsv();
        csv.row(List.of(
                "Identifier",
                "Full name",
                "Email address",
                "Status",
                "Grade",
                "Maximum Grade",
                "Grade can be changed",
                "Last modified (submission)",
                "Last modified (grade)",
                "Feedback comments"));
        int index = book.assignments().indexOf(column);
        for (Row row : book.students()) {
            Student student = row.student();
            if (student.platformId().isEmpty()) {
                continue;
            }
            Grade grade = row.grades().get(index);
            Try counted = grade.counted();
            csv.row(List.of(
                    "Participant " + student.platformId(),
                    name(student),
                    student.email(),
                    grade.attempts().isEmpty() ? "No submission" : "Submitted for grading",
                    points(grade),
                    column.points() + ".00",
                    "Yes",
                    counted == null || counted.graded().submitted() == null
                            ? "-"
                            : time(counted.graded().submitted(), book.zone()),
                    "-",
                    grade.derivation().en()));
        }
        return csv.close();
    }

    private static String name(Student student) {
        return student.name().isEmpty() ? student.id() : student.name();
    }

    private static String points(Grade grade) {
        boolean decided = grade.decision() != null;
        return grade.state() == State.GRADED || decided ? number(grade.points()) : "";
    }

    static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String time(@Nullable Instant time, ZoneId zone) {
        return time == null ? "" : TIME.format(time.atZone(zone));
    }
}
