package org.warpgrade.assignments;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a class beyond its assignments: {@code class.yaml}.
 *
 * @param title the class's name, empty where none is given
 * @param zone of every time that people read
 * @param attempts which of several attempts counts
 * @param lateDays days that a student may be late in all without losing points
 * @param assignments what holds for each assignment
 * @param extensions later deadlines of single students
 * @param overrides points that somebody decided on
 */
public record ClassPlan(
        String title,
        ZoneId zone,
        Attempts attempts,
        int lateDays,
        List<AssignmentPlan> assignments,
        List<Extension> extensions,
        List<Decision> overrides) {

    /** Which of several attempts counts. */
    public enum Attempts {
        /** The one with the most points after lateness; of equals the earliest. */
        BEST,
        /** The last one handed in. */
        LAST
    }

    /** When students are told of hidden checks. */
    public enum Telling {
        ALWAYS,
        AFTER_DUE,
        AFTER_PUBLICATION,
        NEVER
    }

    /**
     * What holds for one assignment.
     *
     * @param due the deadline; null for none
     * @param late what lateness costs
     * @param hidden when students are told of hidden checks
     * @param published when the grades are given out; null for not yet
     */
    public record AssignmentPlan(
            String id,
            @Nullable Instant due,
            Lateness late,
            Telling hidden,
            @Nullable Instant published) {

        static AssignmentPlan none(String id) {
            return new AssignmentPlan(id, null, Lateness.FREE, Telling.ALWAYS, null);
        }

        /** Whether students are told of hidden checks at that time, if that is their deadline. */
        public boolean tellsHidden(Instant now, @Nullable Instant deadline) {
            return switch (hidden) {
                case ALWAYS -> true;
                case AFTER_DUE -> deadline == null || now.isAfter(deadline);
                case AFTER_PUBLICATION -> published != null && !now.isBefore(published);
                case NEVER -> false;
            };
        }
    }

    /**
     * What lateness costs.
     *
     * @param percentPerDay of the earned points, for each begun day
     * @param grace up to here nothing is late
     * @param mostDays what comes later than this many days earns nothing
     */
    public record Lateness(double percentPerDay, Duration grace, int mostDays) {

        /** Lateness is shown and costs nothing. */
        public static final Lateness FREE = new Lateness(0, Duration.ZERO, Integer.MAX_VALUE);
    }

    /** A later deadline for one student. */
    public record Extension(String student, String assignment, Instant due, String reason) {}

    /** Points that somebody decided on, whatever was graded. */
    public record Decision(String student, String assignment, double points, String reason) {}

    /** No plan: no deadlines, the best attempt counts. */
    public static ClassPlan none() {
        return new ClassPlan("", ZoneId.of("UTC"), Attempts.BEST, 0, List.of(), List.of(), List.of());
    }

    /** The same plan with a deadline for every assignment that has none of its own. */
    public ClassPlan withDeadline(Instant deadline, ZoneId readIn, List<String> ids) {
        List<AssignmentPlan> all = ids.stream()
                .map(this::assignment)
                .map(plan -> plan.due() == null
                        ? new AssignmentPlan(plan.id(), deadline, plan.late(), plan.hidden(), plan.published())
                        : plan)
                .toList();
        return new ClassPlan(
                title, assignments.isEmpty() ? readIn : zone, attempts, lateDays, all, extensions, overrides);
    }

    /** The same plan with the students of its extensions and overrides called otherwise. */
    public ClassPlan withStudents(UnaryOperator<String> called) {
        return new ClassPlan(
                title,
                zone,
                attempts,
                lateDays,
                assignments,
                extensions.stream()
                        .map(e -> new Extension(called.apply(e.student()), e.assignment(), e.due(), e.reason()))
                        .toList(),
                overrides.stream()
                        .map(o -> new Decision(called.apply(o.student()), o.assignment(), o.points(), o.reason()))
                        .toList());
    }

    public AssignmentPlan assignment(String id) {
        return assignments.stream()
                .filter(plan -> plan.id().equals(id))
                .findFirst()
                .orElseGet(() -> AssignmentPlan.none(id));
    }

    public Optional<Extension> extension(String student, String assignment) {
        return extensions.stream()
                .filter(e -> e.student().equals(student) && e.assignment().equals(assignment))
                .findFirst();
    }

    public Optional<Decision> override(String student, String assignment) {
        return overrides.stream()
                .filter(o -> o.student().equals(student) && o.assignment().equals(assignment))
                .findFirst();
    }

    /** When the student has to have handed in; null for never. */
    public @Nullable Instant due(String student, String assignment) {
        return extension(student, assignment)
                .map(Extension::due)
                .orElse(assignment(assignment).due());
    }
}
