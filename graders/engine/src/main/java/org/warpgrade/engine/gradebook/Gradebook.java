package org.warpgrade.engine.gradebook;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment.Visibility;
import org.warpgrade.assignments.ClassPlan.Attempts;
import org.warpgrade.assignments.ClassPlan.Decision;
import org.warpgrade.assignments.ClassPlan.Extension;
import org.warpgrade.assignments.Text;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.handin.Skipped;
import org.warpgrade.engine.handin.Student;

/**
 * The grades of a class: the noun behind {@code gradebook.json}. It depends on what was handed in and on the plan, not on when
 * or in which order things were graded.
 *
 * @param title the class's name, empty where none is given
 * @param zone of the times that people read
 * @param attempts which of several attempts counts
 * @param assignments in the order of the catalogue
 * @param students by id
 * @param faults what could not be graded, through nobody's fault
 * @param skipped what was handed in and is not graded
 */
public record Gradebook(
        String title,
        ZoneId zone,
        Attempts attempts,
        List<Column> assignments,
        List<Row> students,
        List<Trouble> faults,
        List<Skipped> skipped) {

    public static final int SCHEMA = 1;

    /**
     * One assignment.
     *
     * @param points what its checks are worth
     * @param due the deadline of those who have no extension; null for none
     * @param handedIn how many students have a graded attempt
     */
    public record Column(
            String id,
            Text title,
            int points,
            @Nullable Instant due,
            int handedIn,
            List<CheckColumn> checks,
            Spread spread) {}

    /**
     * What the class made of one check, over each student's attempt that counts.
     *
     * @param passed how many passed it
     * @param discrimination correlation of passing it with the points of all other checks; NaN where all or nobody passed
     */
    public record CheckColumn(
            String id, Text title, Visibility visibility, int points, int passed, double discrimination) {}

    /** Points that count, over those who handed in; NaN where nobody did. */
    public record Spread(double mean, double median, double low, double high) {}

    /**
     * One student.
     *
     * @param enrolled whether the roster has the student, or there is no roster
     * @param grades one for each assignment, in the order of the columns
     */
    public record Row(Student student, boolean enrolled, List<Grade> grades) {

        public double total() {
            return grades.stream().mapToDouble(Grade::points).sum();
        }
    }

    /** Whether there is anything to count. */
    public enum State {
        GRADED,
        /** Nothing was handed in. */
        MISSING,
        /** Something was handed in that could not be graded yet. */
        UNGRADED
    }

    /**
     * A student's grade for one assignment.
     *
     * @param counted the attempt that counts; null where there is none
     * @param attempts all attempts in order
     * @param points what counts, lateness and decisions included
     * @param derivation how the points came about
     * @param extension a later deadline; null for none
     * @param decision points that somebody decided on; null for none
     */
    public record Grade(
            String assignment,
            State state,
            @Nullable Try counted,
            List<Try> attempts,
            double points,
            Text derivation,
            @Nullable Extension extension,
            @Nullable Decision decision) {}

    /**
     * One attempt with what lateness makes of it.
     *
     * @param points after lateness
     * @param lateSeconds how long after the deadline; 0 for in time or unknown
     * @param lateDays begun days after the deadline, within grace 0
     * @param freeDays of those, how many the student's late days pay for
     * @param derivation how the points came about
     */
    public record Try(Graded graded, double points, long lateSeconds, int lateDays, int freeDays, Text derivation) {}

    /** A hand-in that could not be graded: it counts neither way. */
    public record Trouble(String student, String assignment, String origin, String reason) {}

    public Column column(String assignment) {
        return assignments.stream()
                .filter(column -> column.id().equals(assignment))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no assignment " + assignment));
    }
}
