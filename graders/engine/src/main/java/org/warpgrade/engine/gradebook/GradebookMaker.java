package org.warpgrade.engine.gradebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.ClassPlan;
import org.warpgrade.engine.batch.Fault;
import org.warpgrade.engine.batch.Graded;
import org.warpgrade.engine.batch.Job;
import org.warpgrade.engine.gradebook.Gradebook.Column;
import org.warpgrade.engine.gradebook.Gradebook.Grade;
import org.warpgrade.engine.gradebook.Gradebook.Row;
import org.warpgrade.engine.gradebook.Gradebook.Trouble;
import org.warpgrade.engine.gradebook.Gradebook.Try;
import org.warpgrade.engine.handin.Roster;
import org.warpgrade.engine.handin.Skipped;
import org.warpgrade.engine.handin.Student;

/** Makes the gradebook of a class from everything that was ever graded for it. */
public final class GradebookMaker {

    /** Attempts in order: by time, those without one first; then those of today's hand-in; then by place. */
    private record Dated(Graded graded, boolean current) {

        static final Comparator<Dated> ORDER = Comparator.comparing(
                        (Dated d) -> d.graded.submitted(), Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Dated::current)
                .thenComparing(d -> d.graded.origin())
                .thenComparing(d -> d.graded.sha256());
    }

    private final ClassPlan plan;
    private final Roster roster;
    private final List<Assignment> assignments;

    /** @param assignments those of the class, in the order of the columns */
    public GradebookMaker(ClassPlan plan, Roster roster, List<Assignment> assignments) {
        this.plan = plan;
        this.roster = roster;
        this.assignments = List.copyOf(assignments);
    }

    /**
     * The gradebook.
     *
     * @param graded every result there is; of one file's results the last one counts
     * @param jobs today's hand-ins, which may know more of a time than the record does
     */
    public Gradebook make(
            Collection<Graded> graded, Collection<Job> jobs, Collection<Fault> faults, List<Skipped> skipped) {
        Map<String, Student> students = students(graded, jobs);
        Map<String, List<Graded>> attempts = attempts(graded, jobs);
        Set<String> ungraded = new HashSet<>();
        faults.forEach(fault -> ungraded.add(
                key(fault.job().handIn().student().id(), fault.job().assignment())));
        List<Row> rows = new ArrayList<>();
        students.forEach((id, student) -> rows.add(row(student, attempts, ungraded)));
        List<Trouble> troubles = faults.stream()
                .map(f -> new Trouble(
                        f.job().handIn().student().id(),
                        f.job().assignment(),
                        f.job().handIn().origin(),
                        f.reason()))
                .toList();
        return new Gradebook(
                plan.title(),
                plan.zone(),
                plan.attempts(),
                columns(rows),
                List.copyOf(rows),
                troubles,
                List.copyOf(skipped));
    }

    private Map<String, Student> students(Collection<Graded> graded, Collection<Job> jobs) {
        Map<String, Student> students = new TreeMap<>();
        roster.students().forEach(student -> students.put(student.id(), student));
        jobs.forEach(job ->
                students.putIfAbsent(job.handIn().student().id(), job.handIn().student()));
        graded.forEach(g -> students.putIfAbsent(g.student(), Student.known(g.student(), g.name(), "")));
        return students;
    }

    /** Of each file of each student the last result, with the hand-in time that is known best. */
    private static Map<String, List<Graded>> attempts(Collection<Graded> graded, Collection<Job> jobs) {
        Map<String, Job> current = new HashMap<>();
        jobs.forEach(job -> current.put(key(job.handIn().student().id(), job.assignment()) + "\n" + job.sha256(), job));
        Map<String, Graded> last = new LinkedHashMap<>();
        graded.stream()
                .sorted(Comparator.comparing(Graded::gradedAt).thenComparing(Graded::folder))
                .forEach(g -> last.put(key(g.student(), g.assignment()) + "\n" + g.sha256(), g));
        Map<String, List<Dated>> dated = new HashMap<>();
        last.forEach((key, g) -> {
            Job job = current.get(key);
            boolean known = job != null
                    && (job.handIn().submitted() != null || job.handIn().markedLate());
            Graded best = known ? g.handedIn(time(job, g), job.handIn().markedLate() || g.markedLate()) : g;
            dated.computeIfAbsent(key(g.student(), g.assignment()), k -> new ArrayList<>())
                    .add(new Dated(best, job != null));
        });
        Map<String, List<Graded>> sorted = new HashMap<>();
        dated.forEach((key, list) -> sorted.put(
                key, list.stream().sorted(Dated.ORDER).map(Dated::graded).toList()));
        return sorted;
    }

    private static @Nullable Instant time(Job job, Graded graded) {
        return job.handIn().submitted() == null
                ? graded.submitted()
                : job.handIn().submitted();
    }

    private Row row(Student student, Map<String, List<Graded>> attempts, Set<String> ungraded) {
        Marking marking = new Marking(plan, student.id());
        Map<String, Grade> grades = new HashMap<>();
        assignments.stream().sorted(Comparator.comparing(this::due)).forEach(assignment -> {
            String key = key(student.id(), assignment.id());
            List<Graded> mine = attempts.getOrDefault(key, List.of());
            grades.put(assignment.id(), marking.grade(assignment.id(), mine, ungraded.contains(key)));
        });
        List<Grade> inOrder = assignments.stream().map(a -> grades.get(a.id())).toList();
        return new Row(student, roster.isEmpty() || roster.find(student.id()).isPresent(), inOrder);
    }

    private Instant due(Assignment assignment) {
        Instant due = plan.assignment(assignment.id()).due();
        return due == null ? Instant.MAX : due;
    }

    private List<Column> columns(List<Row> rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < assignments.size(); i++) {
            Assignment assignment = assignments.get(i);
            int index = i;
            List<Grade> counted = rows.stream()
                    .map(row -> row.grades().get(index))
                    .filter(grade -> grade.counted() != null)
                    .toList();
            List<Graded> graded =
                    counted.stream().map(Grade::counted).map(Try::graded).toList();
            double[] points = counted.stream().mapToDouble(Grade::points).toArray();
            columns.add(new Column(
                    assignment.id(),
                    assignment.title(),
                    assignment.points(),
                    plan.assignment(assignment.id()).due(),
                    counted.size(),
                    Statistics.checks(assignment, graded),
                    Statistics.spread(points)));
        }
        return List.copyOf(columns);
    }

    private static String key(String student, String assignment) {
        return student + "\n" + assignment;
    }
}
